/** Splits a stream of bytes into FUSE requests, each of which begins with its own length. */
import { maxMessageBytes, requestHeaderBytes } from './fuse-protocol';

/** The stream can't be parsed further: the start of the next request is unknown. */
class BadFrame extends Error {
  constructor(readonly length: number) {
    super(`A FUSE message can't be ${length} bytes long`);
    this.name = 'BadFrame';
  }
}

export class MessageSplitter {
  #chunks: Buffer[] = [];
  #length = 0;

  /** The requests that are complete by now, as views of the chunks. @throws BadFrame */
  *push(chunk: Buffer): Generator<Buffer, void> {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    for (;;) {
      const wanted = this.#nextLength();
      if (wanted === null || this.#length < wanted) return;
      yield this.#take(wanted);
    }
  }

  #nextLength(): number | null {
    if (this.#length < 4) return null;
    const length = this.#join(4).readUInt32LE(0);
    if (length < requestHeaderBytes || length > maxMessageBytes) throw new BadFrame(length);
    return length;
  }

  #take(length: number): Buffer {
    const joined = this.#join(length);
    const message = joined.subarray(0, length);
    const rest = joined.subarray(length);
    this.#chunks.shift();
    if (rest.length > 0) this.#chunks.unshift(rest);
    this.#length -= length;
    return message;
  }

  /** The first chunk, extended until it is long enough. */
  #join(length: number): Buffer {
    const [first] = this.#chunks;
    if (first && first.length >= length) return first;
    const joined = Buffer.concat(this.#chunks);
    this.#chunks = [joined];
    return joined;
  }
}
