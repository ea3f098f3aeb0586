/** How much disk space a task has used, over all its folders, and when it is too much. */
import { Errno } from '../folder/errno';
import type { FileStatus } from '../folder/folder-files';

/** The disk space of a file, in bytes: a hole takes nothing. */
export const bytesOnDisk = ({ blocks }: Pick<FileStatus, 'blocks'>): number => blocks * 512;

export interface DiskUseOptions {
  /** Bytes that may be added; read each time, because the person can change it */
  readonly limit: () => number;
  /** The limit was reached, for the first time since there was room */
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
   * Called before something grows. What it allows may exceed the limit once.
   * @throws Errno `ENOSPC`: for data that the kernel writes back, programs only ever see this or `EIO`
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

  /** @param bytes negative for space that was freed; freeing what existed before the task makes no room */
  add(bytes: number): void {
    this.#added = Math.max(0, this.#added + bytes);
  }
}
