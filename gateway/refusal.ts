/** The gateway's own answers, sent instead of a provider's. */
import type { ServerResponse } from 'node:http';
import { gatewayErrorPrefix } from '../schema/pi-error-text';
import type { ProviderApi } from '../schema/providers';

/** One of the gateway's own answers; `message` tells people what to do. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** The tour's error stands for a provider's, so its status is shown. */
const typeOf = (code: string): string => (code === 'tour_error' ? code : `${gatewayErrorPrefix}${code}`);

/** The error body, in a shape from which the clients of OpenAI, Anthropic and Google all read a message. */
const refusalBody = ({ code, message }: Refusal): string =>
  JSON.stringify({ type: 'error', error: { type: typeOf(code), message } });

/**
 * The end of a stream of events that is cut short, in parts that must arrive separately. Clients read the event as an
 * error with this message. Google's client reads an error only from a chunk that is pure JSON.
 */
export function refusalEnding({ status, code, message }: Refusal, api: ProviderApi): readonly string[] {
  const body = { type: 'error', error: { type: typeOf(code), message, code: status }, code, message };
  const event = `event: error\ndata: ${JSON.stringify(body)}\n\n`;
  return api === 'google-generative-ai' ? ['\n\n', JSON.stringify(body)] : [`\n${event}`];
}

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
