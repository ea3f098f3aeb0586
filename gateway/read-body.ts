/** Reads a whole request body, for requests that the gateway answers itself. */
import type { IncomingMessage } from 'node:http';

/** Maximum bytes of a request body, here and on the way to a provider. */
export const requestBodyCap = 32 * 1024 * 1024;

/**
 * The body as text, or `null` when it is larger than the cap. The rest is then read and dropped, because a sender that
 * is cut off doesn't see the answer. Rejects when the sender goes away.
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
