/**
 * The standard's stream framing: a table (segment count − 1, then each segment's length in words, padded to a word),
 * followed by the segments. Incremental: bytes may be cut anywhere.
 */
import { ContractError } from './contract-error';

/** Limits of a frame. A peer that sends more is cut off before its bytes are kept. */
export interface FrameLimits {
  /** Table and segments together, `bytes` */
  readonly maximumFrameBytes: number;
  readonly maximumSegments: number;
}

export const defaultFrameLimits: FrameLimits = { maximumFrameBytes: 8 * 1024 * 1024, maximumSegments: 512 };

/** The segments of one message. */
export type Frame = readonly DataView[];

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Length of a frame's table for this many segments, `bytes`. */
const tableBytes = (segments: number): number => Math.ceil((4 + 4 * segments) / 8) * 8;

/** Cuts a stream of bytes into frames. Segments point into the received bytes, without copying where possible. */
export class FrameDecoder {
  readonly #limits: FrameLimits;
  /** The bytes from `#start` to `#end` aren't part of a frame yet; the bytes before them belong to returned frames. */
  #buffer: Uint8Array = new Uint8Array(0);
  #start = 0;
  #end = 0;
  /** How many bytes are needed before the next step is possible */
  #needed = 8;

  constructor(limits: FrameLimits = defaultFrameLimits) {
    this.#limits = limits;
  }

  /**
   * The frames that these bytes complete, in order.
   *
   * @throws ContractError `frameTooLarge` or `invalidMessage`; the stream can't be read any further then
   */
  push(bytes: Uint8Array): readonly Frame[] {
    this.#append(bytes);
    const frames: Frame[] = [];
    while (this.#end - this.#start >= this.#needed) {
      const frame = this.#next(this.#buffer.subarray(this.#start, this.#end));
      if (frame !== null) frames.push(frame);
    }
    return frames;
  }

  /** Whether the stream is between two frames; if it ends elsewhere, a frame was cut. */
  get isBetweenFrames(): boolean {
    return this.#start === this.#end;
  }

  #append(bytes: Uint8Array): void {
    if (this.isBetweenFrames) {
      this.#buffer = bytes;
      this.#start = 0;
      this.#end = bytes.byteLength;
      return;
    }
    const kept = this.#end - this.#start;
    const size = kept + bytes.byteLength;
    if (this.#end + bytes.byteLength > this.#buffer.byteLength) {
      // Doubled, so that a large frame in many small pieces is copied only a few times, not once per piece.
      const grown = new Uint8Array(size * 2);
      grown.set(this.#buffer.subarray(this.#start, this.#end));
      this.#buffer = grown;
      this.#start = 0;
      this.#end = kept;
    }
    this.#buffer.set(bytes, this.#end);
    this.#end += bytes.byteLength;
  }

  #next(bytes: Uint8Array): Frame | null {
    const view = viewOf(bytes);
    const segmentCount = view.getUint32(0, true) + 1;
    if (segmentCount > this.#limits.maximumSegments) {
      throw new ContractError('frameTooLarge', `${segmentCount} segments, at most ${this.#limits.maximumSegments}`);
    }
    const table = tableBytes(segmentCount);
    if (bytes.byteLength < table) return this.#wait(table);

    const lengths = Array.from({ length: segmentCount }, (_, index) => view.getUint32(4 + 4 * index, true) * 8);
    const total = lengths.reduce((sum, length) => sum + length, table);
    if (total > this.#limits.maximumFrameBytes) {
      throw new ContractError('frameTooLarge', `a frame of ${total} bytes, at most ${this.#limits.maximumFrameBytes}`);
    }
    if (bytes.byteLength < total) return this.#wait(total);

    let offset = table;
    const segments = lengths.map((length) => {
      const segment = viewOf(bytes.subarray(offset, offset + length));
      offset += length;
      return segment;
    });
    this.#start += total;
    this.#needed = 8;
    return segments;
  }

  #wait(needed: number): null {
    this.#needed = needed;
    return null;
  }
}
