/**
 * Which headers pass the gateway. Both lists name what passes: a list of blocked headers would miss the next one that
 * some server accepts as a credential.
 */
import type { IncomingHttpHeaders } from 'node:http';

const requestHeaders: ReadonlySet<string> = new Set([
  'accept',
  'accept-language',
  'anthropic-beta',
  'anthropic-version',
  'content-type',
  'http-referer',
  'idempotency-key',
  'openai-beta',
  'session-id',
  'session_id',
  'user-agent',
  'x-client-request-id',
  'x-goog-api-client',
  'x-session-affinity',
  'x-session-id',
  'x-title',
]);
const requestPrefixes = ['x-stainless-'];

const responseHeaders: ReadonlySet<string> = new Set([
  'cache-control',
  'content-encoding',
  'content-length',
  'content-type',
  'date',
  'openai-model',
  'openai-processing-ms',
  'openai-version',
  'request-id',
  'retry-after',
  'retry-after-ms',
  'x-request-id',
  'x-should-retry',
]);
const responsePrefixes = ['anthropic-ratelimit-', 'ratelimit-', 'x-ratelimit-'];

export type PassedHeaders = Readonly<Record<string, string>>;

const pass = (headers: IncomingHttpHeaders, names: ReadonlySet<string>, prefixes: readonly string[]): PassedHeaders =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      const passes = names.has(name) || prefixes.some((prefix) => name.startsWith(prefix));
      return passes && typeof value === 'string' ? [[name, value]] : [];
    }),
  );

/** The guest's headers that go to the provider: no credentials, no cookies, nothing about the connection. */
export const passedRequestHeaders = (headers: IncomingHttpHeaders): PassedHeaders =>
  pass(headers, requestHeaders, requestPrefixes);

/** The provider's headers that go to the guest: no cookies, no address to go to. */
export const passedResponseHeaders = (headers: IncomingHttpHeaders): PassedHeaders =>
  pass(headers, responseHeaders, responsePrefixes);
