/**
 * JSONL framing: UTF-8, one JSON value per line, LF only, with a cap on a line's length.
 *
 * Only the byte 0x0A splits lines: U+2028 and U+2029 are ordinary characters inside JSON strings.
 */
import { RpcError } from './errors';

/** The longest accepted line, in `bytes`. */
export const maxFrameBytes = 8 * 1024 * 1024;

const lineFeed = 0x0a;

/** Cuts a byte stream into lines. Characters and lines may be split over any number of chunks. */
export class LineDecoder {
  #parts: Uint8Array[] = [];
  #bytes = 0;

  constructor(private readonly capBytes: () => number = () => maxFrameBytes) {}

  /**
   * The lines that `chunk` completes.
   * @throws RpcError `FRAME_TOO_LARGE` when a line exceeds the cap, complete or not; `INVALID_REQUEST` when it isn't
   *   UTF-8
   */
  push(chunk: Uint8Array): string[] {
    const lines: string[] = [];
    let from = 0;
    for (let at = chunk.indexOf(lineFeed); at !== -1; at = chunk.indexOf(lineFeed, from)) {
      this.#take(chunk.subarray(from, at));
      lines.push(this.#flush());
      from = at + 1;
    }
    // A copy, because the caller may reuse the buffer before the line is complete.
    this.#take(new Uint8Array(chunk.subarray(from)));
    return lines;
  }

  /** What came after the last LF: an incomplete line when the stream has ended. */
  get pendingBytes(): number {
    return this.#bytes;
  }

  #take(part: Uint8Array): void {
    if (this.#bytes + part.length > this.capBytes()) {
      throw new RpcError('FRAME_TOO_LARGE', `A line is longer than ${this.capBytes()} bytes.`);
    }
    if (part.length === 0) return;
    this.#parts.push(part);
    this.#bytes += part.length;
  }

  #flush(): string {
    const line = new Uint8Array(this.#bytes);
    let offset = 0;
    for (const part of this.#parts) {
      line.set(part, offset);
      offset += part.length;
    }
    this.#parts = [];
    this.#bytes = 0;
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(line);
    } catch (error) {
      throw new RpcError('INVALID_REQUEST', 'A line is not UTF-8.', { cause: error });
    }
  }
}

/**
 * One message as text that the other side will accept.
 * @throws RpcError `FRAME_TOO_LARGE`
 */
export function encodeFrame(message: unknown): string {
  const text = JSON.stringify(message);
  // A character takes at most three bytes, so short texts needn't be measured.
  if (text.length * 3 > maxFrameBytes && new TextEncoder().encode(text).length > maxFrameBytes) {
    const details = { maxFrameBytes };
    throw new RpcError('FRAME_TOO_LARGE', 'This is too large to send. Shorten it, or send it in parts.', { details });
  }
  return text;
}

/** One message as a line. */
export const encodeLine = (message: unknown): string => `${JSON.stringify(message)}\n`;
