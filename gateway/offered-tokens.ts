/** Where a request to the gateway may carry its task's token. */
import type { IncomingHttpHeaders } from 'node:http';

/** Everything in a request that may be a token: pi puts it where its provider's API expects the key. */
export function offeredTokens(headers: IncomingHttpHeaders, query: URLSearchParams): readonly string[] {
  const bearer = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
  const places = [bearer, headers['x-api-key'], headers['x-goog-api-key'], query.get('key')];
  return places.filter((value) => typeof value === 'string');
}
