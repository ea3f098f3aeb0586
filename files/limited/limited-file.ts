/** An open file whose growth on the disk is counted. */
import type { FileStatus, FileTimes, OpenFile } from '../folder/folder-files';
import { bytesOnDisk, type DiskUse } from './disk-use';

/** How often each file is open for writing, by inode */
export type OpenCounts = Map<bigint, number>;

export class LimitedFile implements OpenFile {
  readonly #file: OpenFile;
  readonly #use: DiskUse;
  readonly #open: OpenCounts;
  readonly #ino: bigint;
  #isClosed = false;

  constructor(file: OpenFile, use: DiskUse, open: OpenCounts) {
    this.#file = file;
    this.#use = use;
    this.#open = open;
    this.#ino = file.status().ino;
    open.set(this.#ino, (open.get(this.#ino) ?? 0) + 1);
  }

  status(): FileStatus {
    return this.#file.status();
  }

  read(target: Uint8Array, position: number): number {
    return this.#file.read(target, position);
  }

  write(bytes: Uint8Array, position: number): void {
    this.#use.checkRoom();
    this.#counted(() => this.#file.write(bytes, position));
  }

  setSize(size: number): void {
    this.#counted(() => this.#file.setSize(size));
  }

  setMode(mode: number): void {
    this.#file.setMode(mode);
  }

  setTimes(times: FileTimes): void {
    this.#file.setTimes(times);
  }

  sync(): Promise<void> {
    return this.#file.sync();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const others = (this.#open.get(this.#ino) ?? 1) - 1;
    if (others > 0) this.#open.set(this.#ino, others);
    else this.#open.delete(this.#ino);
    try {
      const last = this.#file.status();
      if (last.links === 0 && others === 0) this.#use.add(-bytesOnDisk(last));
    } finally {
      this.#file.close();
    }
  }

  /** A write that fails on a full disk can still have made the file larger. */
  #counted(act: () => void): void {
    const before = bytesOnDisk(this.#file.status());
    try {
      act();
    } finally {
      this.#use.add(bytesOnDisk(this.#file.status()) - before);
    }
  }
}
