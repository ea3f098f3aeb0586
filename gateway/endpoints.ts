/**
 * Which requests may leave, by API: asking a model and listing models, nothing else. Uploads, batches, fetches and
 * anything a provider adds later could carry a person's files elsewhere, so they aren't passed on.
 */
import type { ProviderApi } from '../schema/providers';

interface Endpoint {
  readonly method: 'GET' | 'POST';
  /** Matches the path below the base URL, which may or may not contain the version */
  readonly path: RegExp;
}

const listModels: Endpoint = { method: 'GET', path: /^(?:\/v1(?:beta)?)?\/models(?:\/[\w.:@-]+){0,2}$/ };

const endpoints: Readonly<Record<ProviderApi, readonly Endpoint[]>> = {
  'anthropic-messages': [{ method: 'POST', path: /^(?:\/v1)?\/messages$/ }, listModels],
  'openai-completions': [{ method: 'POST', path: /^(?:\/v1)?\/chat\/completions$/ }, listModels],
  'openai-responses': [{ method: 'POST', path: /^(?:\/v1)?\/responses$/ }, listModels],
  'google-generative-ai': [
    { method: 'POST', path: /^(?:\/v1(?:beta)?)?\/models\/[\w.-]+:(?:generateContent|streamGenerateContent)$/ },
    listModels,
  ],
};

/** Whether a provider with these APIs may get this request. */
export const isAllowedEndpoint = (apis: readonly ProviderApi[], method: string, path: string): boolean =>
  apis.some((api) => endpoints[api].some((endpoint) => endpoint.method === method && endpoint.path.test(path)));
