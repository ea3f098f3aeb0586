/** Writes a provider's answer to the guest, without the key. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { ProviderApi } from '../schema/providers';
import { passChunks, passEvents, passWhole } from './check-answer';
import { decodedAnswer } from './decoded-answer';
import { createKeyFinder, type KeyFinder } from './find-key';
import { maskChunks, maskKey } from './mask-key';
import { passedResponseHeaders } from './passed-headers';
import { refusalEnding, type Refusal } from './refusal';

export interface AnswerToSend {
  readonly answer: IncomingMessage;
  readonly response: ServerResponse;
  readonly key: string | null;
  readonly api: ProviderApi;
  /** What the guest gets instead of an answer that contains the key */
  readonly refusal: Refusal;
  /** Called with the size of each chunk from the provider */
  readonly onBytes: (bytes: number) => void;
}

async function* counted(chunks: AsyncIterable<Buffer>, onBytes: (bytes: number) => void): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    onBytes(chunk.length);
    yield chunk;
  }
}

type AnswerKind = 'error' | 'events' | 'json' | 'other';

function kindOf({ statusCode = 0, headers }: IncomingMessage): AnswerKind {
  if (statusCode >= 400) return 'error';
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type === 'text/event-stream') return 'events';
  return type === 'application/json' ? 'json' : 'other';
}

interface Checked {
  readonly chunks: AsyncGenerator<Buffer>;
  /** Headers that no longer apply */
  readonly dropped: readonly string[];
  /** The head waits for the first chunk, so that a refusal can have its own status */
  readonly isHeld: boolean;
}

function check(
  { answer, api, refusal, onBytes }: AnswerToSend,
  finder: KeyFinder | null,
  onFound: () => void,
): Checked {
  if (!finder) return { chunks: counted(answer, onBytes), dropped: [], isHeld: false };
  const kind = kindOf(answer);
  const { chunks, isDecoded } = decodedAnswer(counted(answer, onBytes), answer.headers['content-encoding']);
  const ofDecoding = isDecoded ? ['content-encoding', 'content-length'] : [];
  switch (kind) {
    case 'error':
      return { chunks: maskChunks(chunks, finder), dropped: ofDecoding, isHeld: false };
    case 'events': {
      const ending = (): readonly string[] => {
        onFound();
        return refusalEnding(refusal, api);
      };
      return { chunks: passEvents(chunks, finder, ending), dropped: [...ofDecoding, 'content-length'], isHeld: false };
    }
    case 'json':
      return { chunks: passWhole(chunks, finder), dropped: ofDecoding, isHeld: true };
    case 'other':
      return { chunks: passChunks(chunks, finder), dropped: ofDecoding, isHeld: false };
  }
}

function writeHead({ answer, response, key }: AnswerToSend, dropped: readonly string[]): void {
  const headers = Object.entries(passedResponseHeaders(answer.headers)).filter(([name]) => !dropped.includes(name));
  response.writeHead(
    answer.statusCode ?? 502,
    headers.flatMap(([name, value]) => [name, maskKey(value, key)]),
  );
  // The first event of a stream may take long; show the guest immediately that the request was accepted.
  response.flushHeaders();
}

async function* startingWith<T>(first: IteratorResult<T>, rest: AsyncGenerator<T>): AsyncGenerator<T> {
  if (first.done === true) return;
  yield first.value;
  yield* rest;
}

/**
 * Resolves when the complete answer was sent, or with `stopped` after events that ended with the refusal.
 * @throws KeyInAnswer when the key is in an answer that can't end with an error message; its head may already have been
 *   sent
 */
export async function sendAnswer(sending: AnswerToSend): Promise<'complete' | 'stopped'> {
  const sent: { as: 'complete' | 'stopped' } = { as: 'complete' };
  const { chunks, dropped, isHeld } = check(sending, createKeyFinder(sending.key), () => (sent.as = 'stopped'));
  const first = isHeld ? await chunks.next() : null;
  writeHead(sending, dropped);
  await pipeline(first ? startingWith(first, chunks) : chunks, sending.response);
  return sent.as;
}
