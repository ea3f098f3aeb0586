/** Model providers, as the person configures them. */
import { z } from 'zod';

/** Where a provider's wire format comes from. */
export const providerApi = z.enum([
  'anthropic-messages',
  'openai-completions',
  'openai-responses',
  'google-generative-ai',
]);
export type ProviderApi = z.output<typeof providerApi>;

export const providerName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'lower-case letters, digits and dashes');

export const provider = z.object({
  name: providerName,
  label: z.string(),
  baseUrl: z.string(),
  api: providerApi,
  models: z.array(z.object({ id: z.string().min(1), name: z.string() })),
  /** Whether there is a key; the key itself never leaves the host */
  hasKey: z.boolean(),
  /** tour needs no key; custom was added by the person */
  kind: z.enum(['tour', 'known', 'custom']),
});
export type Provider = z.output<typeof provider>;
