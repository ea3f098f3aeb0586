/** Masks the key in headers, error bodies and logs. A successful answer is never changed: see `check-answer.ts`. */
import { createKeyFinder, type KeyFinder, type KeyPlace } from './find-key';

/** Letters, which have no special meaning for any shell or parser; as many as the key has, so lengths don't change. */
const mask = (length: number): string => 'x'.repeat(length);

function maskPlaces(data: string, places: readonly KeyPlace[]): string {
  let masked = '';
  let done = 0;
  for (const { from, to } of places) {
    masked += data.slice(done, from) + mask(to - from);
    done = to;
  }
  return masked + data.slice(done);
}

/** A text without the key. */
export function maskKey(text: string, key: string | null): string {
  const finder = createKeyFinder(key);
  if (!finder) return text;
  const data = Buffer.from(text).toString('latin1');
  return Buffer.from(maskPlaces(data, finder.search(data).places), 'latin1').toString();
}

/** Chunks without the key, wherever they are cut. */
export async function* maskChunks(chunks: AsyncIterable<Buffer>, finder: KeyFinder): AsyncGenerator<Buffer> {
  let held = '';
  for await (const chunk of chunks) {
    const data = held + chunk.toString('latin1');
    const { places, clearTo } = finder.search(data);
    if (clearTo > 0) yield Buffer.from(maskPlaces(data, places).slice(0, clearTo), 'latin1');
    held = data.slice(clearTo);
  }
  if (held !== '') yield Buffer.from(held, 'latin1');
}
