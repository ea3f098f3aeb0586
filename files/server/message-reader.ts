/** Reads the fields of one request, and never past its end. */
import { nameFromBytes } from '../../node/name-bytes';
import { decodeName } from '../confined/names';
import { Errno } from '../folder/errno';

export class MessageReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  u32(): number {
    return this.#bytes.readUInt32LE(this.#take(4));
  }

  u64(): bigint {
    return this.#bytes.readBigUInt64LE(this.#take(8));
  }

  /** A 64-bit number of a node, a handle or an offset. @throws Errno `EINVAL` above 2^53 */
  number(): number {
    const at = this.#take(8);
    const high = this.#bytes.readUInt32LE(at + 4);
    if (high > 0x1fffff) throw new Errno('EINVAL');
    return high * 0x1_0000_0000 + this.#bytes.readUInt32LE(at);
  }

  skip(bytes: number): void {
    this.#take(bytes);
  }

  /** A NUL-terminated name. @throws Errno for one that no folder can contain */
  name(): string {
    return decodeName(this.#string());
  }

  /** The NUL-terminated target of a link */
  text(): string {
    return nameFromBytes(this.#string());
  }

  bytes(length: number): Buffer {
    const at = this.#take(length);
    return this.#bytes.subarray(at, at + length);
  }

  #string(): Buffer {
    const end = this.#bytes.indexOf(0, this.#at);
    if (end < 0) throw new Errno('EINVAL');
    const at = this.#at;
    this.#at = end + 1;
    return this.#bytes.subarray(at, end);
  }

  #take(bytes: number): number {
    const at = this.#at;
    if (at + bytes > this.#bytes.length) throw new Errno('EINVAL');
    this.#at += bytes;
    return at;
  }
}
