/** The gateway's own answers, sent instead of a provider's. */
import type { ServerResponse } from 'node:http';

/** One of the gateway's own answers; `message` tells people what to do. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** The error body, in a shape from which the clients of OpenAI, Anthropic and Google all read a message. */
export const refusalBody = ({ code, message }: Refusal): string =>
  JSON.stringify({ type: 'error', error: { type: code, message } });

/** Answers with a refusal; if the head was already sent, cuts the connection instead. */
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
  // Drop what the guest still sends, so that it reads the answer instead of seeing a reset connection.
  response.req.resume();
}
