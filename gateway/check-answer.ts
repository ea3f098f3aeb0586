/**
 * Passes on a successful answer byte for byte, and stops it where it contains the key.
 *
 * Never changes what the model says: masked text in a command would be a different command.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { KeyFinder } from './find-key';

/** The provider's answer contains the key. */
export class KeyInAnswer extends Error {
  constructor() {
    super('The provider put the key into its answer.');
    this.name = 'KeyInAnswer';
  }
}

/** Half a line or half a JSON text can't be used, so holding it back delays nobody. More than this isn't held back. */
const heldCapBytes = 1024 * 1024;

/** Parts sent closer together may arrive as one. */
const partsApartMs = 50;

const bytesOf = (text: string): Buffer => Buffer.from(text, 'latin1');

/**
 * Passes on everything that can't contain the key, as soon as possible. @throws KeyInAnswer after everything before the
 * key
 */
export async function* passChunks(chunks: AsyncIterable<Buffer>, finder: KeyFinder): AsyncGenerator<Buffer> {
  let held = '';
  for await (const chunk of chunks) {
    const data = held + chunk.toString('latin1');
    const { places, clearTo } = finder.search(data);
    const clear = data.slice(0, places[0]?.from ?? clearTo);
    if (clear !== '') yield bytesOf(clear);
    if (places.length > 0) throw new KeyInAnswer();
    held = data.slice(clearTo);
  }
  if (held !== '') yield bytesOf(held);
}

/** The same, but holds the answer back until it is complete and clear. A longer one is passed on as it comes. */
export async function* passWhole(chunks: AsyncIterable<Buffer>, finder: KeyFinder): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of passChunks(chunks, finder)) {
    held.push(chunk);
    bytes += chunk.length;
    if (bytes <= heldCapBytes) continue;
    yield Buffer.concat(held);
    held = [];
  }
  if (held.length > 0) yield Buffer.concat(held);
}

/**
 * The same for a stream of events, line by line. When it contains the key, the stream ends with the parts of `ending`.
 */
export async function* passEvents(
  chunks: AsyncIterable<Buffer>,
  finder: KeyFinder,
  ending: () => readonly string[],
): AsyncGenerator<Buffer> {
  let line: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of passChunks(chunks, finder)) {
      const end = Math.max(chunk.lastIndexOf('\n'), chunk.lastIndexOf('\r')) + 1;
      bytes += chunk.length;
      if (end === 0 && bytes <= heldCapBytes) {
        line.push(chunk);
        continue;
      }
      const passed = end === 0 ? chunk.length : end;
      yield Buffer.concat([...line, chunk.subarray(0, passed)]);
      line = [chunk.subarray(passed)];
      bytes = chunk.length - passed;
    }
    if (bytes > 0) yield Buffer.concat(line);
  } catch (error) {
    if (!(error instanceof KeyInAnswer)) throw error;
    for (const part of ending()) {
      yield Buffer.from(part);
      await wait(partsApartMs);
    }
  }
}
