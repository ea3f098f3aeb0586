/** How much of the person's disk a task has taken, over all of its folders, and when that is enough. */
import { Errno } from '../folder/errno';
import type { FileStatus } from '../folder/folder-files';

/** What a file takes on the disk, in bytes: a hole takes nothing. */
export const bytesOnDisk = ({ blocks }: Pick<FileStatus, 'blocks'>): number => blocks * 512;

export interface DiskUseOptions {
  /** Bytes that may be added; asked each time, since the person may change it */
  readonly limit: () => number;
  /** The limit was met, for the first time since there was room */
  readonly onFull: (limit: number) => void;
}

export class DiskUse {
  readonly #options: DiskUseOptions;
  #added = 0;
  #isFull = false;

  constructor(options: DiskUseOptions) {
    this.#options = options;
  }

  /** Bytes that may still be added */
  get left(): number {
    return Math.max(0, this.#options.limit() - this.#added);
  }

  /**
   * Called before something grows; what is let through may go over the limit once.
   * @throws Errno `ENOSPC`: of what the kernel writes back it tells programs only this and `EIO`
   */
  checkRoom(): void {
    if (this.left > 0) {
      this.#isFull = false;
      return;
    }
    if (!this.#isFull) this.#options.onFull(this.#options.limit());
    this.#isFull = true;
    throw new Errno('ENOSPC');
  }

  /** @param bytes less than nothing for what was given back; what was there before the task makes no room */
  add(bytes: number): void {
    this.#added = Math.max(0, this.#added + bytes);
  }
}
