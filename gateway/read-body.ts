/** Reads a whole request body, for requests that are answered here. */
import type { IncomingMessage } from 'node:http';

/** Most bytes of a request body, here and on the way to a provider. */
export const requestBodyCap = 32 * 1024 * 1024;

/**
 * The body as text, or `null` when it is larger than the cap; the rest is then read and dropped, since a sender that
 * is cut off does not see the answer. Rejects when the sender goes away.
 */
export async function readBody(request: IncomingMessage): Promise<string | null> {
  let chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > requestBodyCap) chunks = [];
    else chunks.push(chunk);
  }
  return bytes > requestBodyCap ? null : Buffer.concat(chunks).toString('utf8');
}
