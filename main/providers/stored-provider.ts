/** What `providers.json` contains: custom providers, and the person's changes to known ones. No keys. */
import { z } from 'zod';
import { providerApi, providerName } from '../../schema/providers';
import { checkBaseUrl } from './base-url';
import { knownProviders } from './known-providers';

const storedProvider = z.strictObject({
  name: providerName,
  baseUrl: z.string().optional(),
  api: providerApi.optional(),
  /** Ids */
  models: z.array(z.string().min(1)).optional(),
});
export type StoredProvider = z.output<typeof storedProvider>;

const isKnown = (name: string): boolean => knownProviders.some((known) => known.name === name);

const isComplete = ({ name, baseUrl, models = [] }: StoredProvider): boolean =>
  isKnown(name) || (name !== 'tour' && baseUrl !== undefined && models.length > 0);

const hasSafeUrl = ({ baseUrl }: StoredProvider): boolean => {
  try {
    return baseUrl === undefined || checkBaseUrl(baseUrl) === baseUrl;
  } catch {
    // Not a base URL that `checkBaseUrl` accepts.
    return false;
  }
};

export const providersFile = z.strictObject({
  version: z.literal(1),
  providers: z.array(
    storedProvider
      .refine(isComplete, 'your own provider needs a base URL and at least one model')
      .refine(hasSafeUrl, 'not a base URL'),
  ),
});
