/** Carries one exchange: the guest's body to the provider and its answer to the guest, both streamed. */
import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import { Transform } from 'node:stream';
import type { ProviderApi } from '../schema/providers';
import { KeyInAnswer } from './check-answer';
import { networkProblem } from './network-error';
import { requestBodyCap } from './read-body';
import { refuse, type Refusal } from './refusal';
import { readableAnswer, watchForStream } from './readable-answer';
import { sendAnswer } from './send-answer';

export interface RelayOptions {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly outgoing: ClientRequest;
  readonly host: string;
  /** Never reaches the guest */
  readonly key: string | null;
  readonly api: ProviderApi;
  /** The provider's name in messages */
  readonly label: string;
  /** A network error, for the log */
  readonly onUnexpected: (error: unknown) => void;
}

/**
 * cut: the provider ended the connection early; left: the guest went away; failed: the gateway answered instead of the
 * provider
 */
export type RelayOutcome = 'complete' | 'cut' | 'left' | 'failed';

export interface Relayed {
  readonly outcome: RelayOutcome;
  /** The provider's status; `null` without an answer */
  readonly status: number | null;
  readonly requestBytes: number;
  readonly responseBytes: number;
}

export const tooLarge: Refusal = {
  status: 413,
  code: 'too_large',
  message: `The request is larger than ${requestBodyCap / 1024 / 1024} MiB. Start a new task, or send the model less at once.`,
};

const redirected = (label: string, host: string): Refusal => ({
  status: 502,
  code: 'redirected',
  message: `${host} redirects requests to another address, and Piwork doesn't send your key there. Correct the base URL of ${label} in Settings.`,
});

const keyInAnswer = (label: string): Refusal => ({
  status: 403,
  code: 'key_in_answer',
  message: `${label} put your key into its answer, so Piwork stopped the answer. Check the base URL of ${label} in Settings, and replace the key.`,
});

class BodyTooLarge extends Error {}

/** Counts the bytes that pass, and fails beyond the cap. */
const countBytes = (onTotal: (bytes: number) => void, cap = Infinity): Transform => {
  let total = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      total += chunk.length;
      if (total > cap) return done(new BodyTooLarge());
      onTotal(total);
      done(null, chunk);
    },
  });
};

const answerTo = (outgoing: ClientRequest): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    outgoing.on('response', resolve);
    outgoing.on('error', reject);
    outgoing.on('close', () => reject(Object.assign(new Error('closed without an answer'), { code: 'ECONNRESET' })));
  });

/**
 * Sends the body. Not with `pipeline`, which would end the guest's connection when a provider answers early and stops
 * reading. The guest would then never see the answer.
 */
function sendBody(request: IncomingMessage, outgoing: ClientRequest, onTotal: (bytes: number) => void): void {
  const counter = countBytes(onTotal, requestBodyCap);
  counter.on('error', (error) => outgoing.destroy(error));
  outgoing.on('close', () => {
    request.unpipe(counter);
    request.resume();
  });
  request.pipe(counter).pipe(outgoing);
}

/** Resolves when the exchange is over, however it ended; never rejects. */
export async function relay({
  request,
  response,
  outgoing,
  host,
  key,
  api,
  label,
  onUnexpected,
}: RelayOptions): Promise<Relayed> {
  let requestBytes = 0;
  let responseBytes = 0;
  let answer: IncomingMessage | null = null;
  // The guest may have left while the ledger was written.
  let hasGuestLeft = response.destroyed;
  if (hasGuestLeft) outgoing.destroy();
  response.on('close', () => {
    if (response.writableFinished) return;
    // When the provider cuts, the response is destroyed too, but only after the provider's answer.
    hasGuestLeft = answer?.destroyed !== true;
    outgoing.destroy();
  });

  const carry = async (): Promise<RelayOutcome> => {
    try {
      const answered = answerTo(outgoing);
      const asksForStream = watchForStream(request);
      sendBody(request, outgoing, (bytes) => (requestBytes = bytes));
      answer = await answered;
      const status = answer.statusCode ?? 0;
      if (status >= 300 && status < 400) {
        outgoing.destroy();
        refuse(response, redirected(label, host));
        return 'failed';
      }
      const onBytes = (bytes: number): number => (responseBytes += bytes);
      const readable = await readableAnswer({ answer, api, label, host, key, isStream: asksForStream() });
      if ('refusal' in readable) {
        outgoing.destroy();
        refuse(response, readable.refusal);
        return 'failed';
      }
      const sent = await sendAnswer({ ...readable, response, key, api, refusal: keyInAnswer(label), onBytes });
      // A provider may answer without reading the whole body; the rest needn't be sent.
      if (!outgoing.writableFinished) outgoing.destroy();
      if (sent === 'complete') return sent;
      onUnexpected(new KeyInAnswer());
      return 'failed';
    } catch (error) {
      if (hasGuestLeft) return 'left';
      if (error instanceof KeyInAnswer) {
        onUnexpected(error);
        outgoing.destroy();
        refuse(response, keyInAnswer(label));
        return 'failed';
      }
      // A clean end would make half an answer look complete.
      if (response.headersSent) {
        response.destroy();
        return 'cut';
      }
      if (!(error instanceof BodyTooLarge)) onUnexpected(error);
      const unreachable = { status: 502, code: 'unreachable', message: networkProblem(error, host).message };
      refuse(response, error instanceof BodyTooLarge ? tooLarge : unreachable);
      return 'failed';
    }
  };

  const outcome = await carry();
  const status = (answer as IncomingMessage | null)?.statusCode ?? null;
  return { outcome, status, requestBytes, responseBytes };
}
