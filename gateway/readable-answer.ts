/** A provider's answer in a form that the agent reads, or an error in the provider's words. */
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { ProviderApi } from '../schema/providers';
import { KeyInAnswer } from './check-answer';
import { createKeyFinder } from './find-key';
import type { Refusal } from './refusal';
import { repairEvents } from './repair-events';
import { looksWhole, readWholeAnswer } from './whole-answer';

export interface AnswerToRead {
  readonly answer: IncomingMessage;
  readonly api: ProviderApi;
  readonly label: string;
  readonly host: string;
  /** Never in what is read */
  readonly key: string | null;
  /** Whether the request asked for events */
  readonly isStream: boolean;
}

/** Anything larger is neither an error nor a network's sign-in page */
const wholeCapBytes = 4 * 1024 * 1024;
const asking = /"stream"\s*:\s*true/;

/** Tells later whether the body that passed asked for a stream. */
export function watchForStream(request: IncomingMessage): () => boolean {
  let tail = '';
  let isAsked = false;
  request.on('data', (chunk: Buffer) => {
    const text = tail + chunk.toString('latin1');
    isAsked ||= asking.test(text);
    tail = text.slice(-32);
  });
  return () => isAsked;
}

const withBody = (answer: IncomingMessage, chunks: AsyncIterable<Buffer>, headers = answer.headers): IncomingMessage =>
  Object.assign(Readable.from(chunks), { statusCode: answer.statusCode, headers }) as unknown as IncomingMessage;

async function* joined(first: readonly Buffer[], rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield* first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

const isPlain = ({ headers }: IncomingMessage): boolean => (headers['content-encoding'] ?? 'identity') === 'identity';

const contains = (body: Buffer, key: string | null): boolean =>
  (createKeyFinder(key)?.search(body.toString('latin1')).places.length ?? 0) > 0;

/**
 * Anything other than a requested stream of events passes unchanged. @throws KeyInAnswer
 * before any of an answer in one piece is used
 */
export async function readableAnswer({
  answer,
  api,
  label,
  host,
  key,
  isStream,
}: AnswerToRead): Promise<{ readonly answer: IncomingMessage } | { readonly refusal: Refusal }> {
  if (!isStream || answer.statusCode !== 200 || !isPlain(answer)) return { answer };
  const isChat = api === 'openai-completions';
  if (/^text\/event-stream/i.test(answer.headers['content-type'] ?? '')) {
    return { answer: isChat ? withBody(answer, repairEvents(answer)) : answer };
  }
  const chunks = answer[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const read: Buffer[] = [];
  let bytes = 0;
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
    read.push(next.value);
    bytes += next.value.length;
    const isOther = bytes > 16 && !looksWhole(Buffer.concat(read).subarray(0, 64).toString());
    if (isOther || bytes > wholeCapBytes) return { answer: withBody(answer, joined(read, chunks)) };
  }
  const body = Buffer.concat(read);
  if (contains(body, key)) throw new KeyInAnswer();
  const whole = readWholeAnswer(body.toString(), isChat, { label, host });
  switch (whole.kind) {
    case 'as-it-is':
      return { answer: withBody(answer, joined(read, chunks)) };
    case 'refused':
      return { refusal: whole.refusal };
    case 'events': {
      const headers = { ...answer.headers, 'content-type': 'text/event-stream' };
      delete headers['content-length'];
      return { answer: withBody(answer, joined([Buffer.from(whole.text)], chunks), headers) };
    }
  }
}
