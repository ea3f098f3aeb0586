/** Fills a reply to READDIR or READDIRPLUS up to the length that the kernel allows. */
import { encodeName } from '../confined/names';
import { type Entry, entryBytes, writeEntry } from './fuse-replies';

const direntBytes = 24;

export interface DirectoryEntry {
  readonly name: string;
  readonly ino: bigint;
  /** Type bits, as in a mode */
  readonly type: number;
  /** Where the next read continues */
  readonly nextOffset: number;
}

export class DirectoryReply {
  readonly #bytes: Buffer;
  readonly #hasAttributes: boolean;
  #length = 0;

  constructor(maxBytes: number, hasAttributes: boolean) {
    this.#bytes = Buffer.alloc(maxBytes);
    this.#hasAttributes = hasAttributes;
  }

  get body(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  /** As many of the first names as there is room for; a name that isn't UTF-8 counts as longer than it is. */
  fitting<T extends { readonly name: string }>(names: readonly T[]): readonly T[] {
    let length = this.#length;
    const end = names.findIndex(({ name }) => (length += this.#lengthOf(Buffer.byteLength(name))) > this.#bytes.length);
    return end < 0 ? names : names.slice(0, end);
  }

  /** @param looked the answer of a lookup; without it, the kernel asks itself */
  add(entry: DirectoryEntry, looked: Entry | null): void {
    const name = encodeName(entry.name);
    let at = this.#length;
    if (this.#hasAttributes) {
      if (looked) writeEntry(this.#bytes, at, looked);
      at += entryBytes;
    }
    this.#bytes.writeBigUInt64LE(entry.ino, at);
    this.#bytes.writeBigUInt64LE(BigInt(entry.nextOffset), at + 8);
    this.#bytes.writeUInt32LE(name.length, at + 16);
    this.#bytes.writeUInt32LE(entry.type >> 12, at + 20);
    this.#bytes.set(name, at + direntBytes);
    this.#length += this.#lengthOf(name.length);
  }

  #lengthOf(nameBytes: number): number {
    return (this.#hasAttributes ? entryBytes : 0) + Math.ceil((direntBytes + nameBytes) / 8) * 8;
  }
}
