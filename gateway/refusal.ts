/** What the gateway itself answers instead of a provider. */
import type { ServerResponse } from 'node:http';

/** An answer of the gateway's own; `message` is for people and names what to do. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** The error body in a shape that OpenAI's, Anthropic's and Google's clients all read a message from. */
export const refusalBody = ({ code, message }: Refusal): string =>
  JSON.stringify({ type: 'error', error: { type: code, message } });

/** Answers with a refusal; after the head was sent the connection is cut instead. */
export function refuse(response: ServerResponse, refusal: Refusal): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const body = refusalBody(refusal);
  response.writeHead(refusal.status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
  // What the guest still sends is dropped, so that it reads the answer instead of a reset connection.
  response.req.resume();
}
