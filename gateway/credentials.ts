/** Puts the person's key into a request, where the provider's API expects it. */
import type { ProviderApi } from '../schema/providers';

/** The header that carries the key; none when there is no key. */
export function credentialHeaders(api: ProviderApi, key: string | null): Readonly<Record<string, string>> {
  if (key === null) return {};
  switch (api) {
    case 'anthropic-messages':
      return { 'x-api-key': key };
    case 'google-generative-ai':
      return { 'x-goog-api-key': key };
    case 'openai-completions':
    case 'openai-responses':
      return { authorization: `Bearer ${key}` };
  }
}
