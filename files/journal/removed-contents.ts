/**
 * Contents of the person's removed files, as the journal keeps them. A copy that the agent made before is then the last
 * place of such content. Files are read only if the sizes are equal.
 */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import type { Names, OpenFile } from '../folder/folder-files';
import type { KeptFiles } from './kept-files';
import type { JournalRecord, KeptId, RecordOf } from './records';

const headBytes = 4096;
const chunkBytes = 1 << 20;

type Read = (target: Uint8Array, position: number) => number;

export class RemovedContents {
  readonly #kept: KeptFiles;
  /** By size in bytes */
  readonly #contents = new Map<number, Set<KeptId>>();
  readonly #sizes = new Map<KeptId, number>();
  readonly #heads = new Map<KeptId, string>();
  /** Removed unless the next record puts something in its place */
  #last: RecordOf<'drop'> | null = null;

  constructor(kept: KeptFiles) {
    this.#kept = kept;
  }

  /** Adds a change that happened. */
  apply(record: JournalRecord): void {
    const last = this.#last;
    this.#last = null;
    if (record.type === 'drop') {
      const { isPersons, was, kept } = record;
      if (!isPersons || was.kind !== 'file' || was.size === 0 || kept === null) return;
      this.#last = record;
      this.#add(kept, was.size);
    } else if (last?.kept != null && isInPlaceOf(record, last.names)) {
      // It was replaced: the person still has the file, with other content.
      this.#delete(last.kept);
    }
    if (record.type === 'bring') this.#delete(record.kept);
  }

  /** Whether a file has the content of a removed one. @throws Errno when it can't be read */
  has(size: number, open: () => OpenFile): boolean {
    const kept = this.#contents.get(size);
    if (!kept) return false;
    const file = open();
    try {
      const read: Read = (target, position) => file.read(target, position);
      const head = headOf(read, size);
      return [...kept].some((id) => this.#head(id, size) === head && this.#isEqual(id, size, read));
    } finally {
      file.close();
    }
  }

  #add(kept: KeptId, size: number): void {
    this.#sizes.set(kept, size);
    const ofSize = this.#contents.get(size) ?? new Set();
    this.#contents.set(size, ofSize.add(kept));
  }

  #delete(kept: KeptId): void {
    const size = this.#sizes.get(kept);
    if (size === undefined) return;
    this.#sizes.delete(kept);
    this.#heads.delete(kept);
    const ofSize = this.#contents.get(size);
    ofSize?.delete(kept);
    if (ofSize?.size === 0) this.#contents.delete(size);
  }

  /** Remembered, so that thousands of files of one size are each read once. Empty if it is no longer kept. */
  #head(kept: KeptId, size: number): string {
    const known = this.#heads.get(kept);
    if (known !== undefined) return known;
    const head = this.#reading(kept, size, (read) => headOf(read, size)) ?? '';
    this.#heads.set(kept, head);
    return head;
  }

  #isEqual(kept: KeptId, size: number, read: Read): boolean {
    if (size <= headBytes) return true;
    return this.#reading(kept, size, (readKept) => isEqual(read, readKept, size)) ?? false;
  }

  #reading<T>(kept: KeptId, size: number, act: (read: Read) => T): T | null {
    if (!this.#kept.isOfSize(kept, size)) return null;
    const fd = openSync(this.#kept.path(kept), 'r');
    try {
      return act((target, position) => readSync(fd, target, 0, target.length, position));
    } finally {
      closeSync(fd);
    }
  }
}

const isInPlaceOf = (record: JournalRecord, names: Names): boolean =>
  (record.type === 'move' && isSameNames(record.to, names)) ||
  (record.type === 'bring' && isSameNames(record.names, names));

const isSameNames = (one: Names, other: Names): boolean =>
  one.length === other.length && one.every((name, index) => name === other[index]);

function headOf(read: Read, size: number): string {
  const bytes = new Uint8Array(Math.min(size, headBytes));
  return createHash('sha256')
    .update(bytes.subarray(0, read(bytes, 0)))
    .digest('base64');
}

function isEqual(one: Read, other: Read, size: number): boolean {
  const first = Buffer.alloc(chunkBytes);
  const second = Buffer.alloc(chunkBytes);
  for (let position = 0; position < size;) {
    const count = one(first, position);
    if (count === 0 || other(second, position) !== count) return false;
    if (first.compare(second, 0, count, 0, count) !== 0) return false;
    position += count;
  }
  return true;
}
