/** An open regular file, by its file descriptor. */
import { closeSync, fchmodSync, fstatSync, fsync, ftruncateSync, futimesSync, readSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { Errno, errnoOf } from '../folder/errno';
import type { FileStatus, FileTimes, OpenFile } from '../folder/folder-files';
import { attempt, statusOf, withoutSetId } from './node-status';
import { type Seconds, setTimes } from './set-times';

const sync = promisify(fsync);

export class RegularFile implements OpenFile {
  readonly #fd: number;
  #isOpen = true;

  private constructor(fd: number) {
    this.#fd = fd;
  }

  /** Takes over the descriptor and closes it on refusal. @throws Errno `EPERM` unless it is a regular file */
  static of(fd: number): RegularFile {
    const file = new RegularFile(fd);
    try {
      if (!fstatSync(fd).isFile()) throw new Errno('EPERM');
    } catch (error) {
      file.close();
      throw error;
    }
    return file;
  }

  /** Runs a check on the open file itself. */
  verify(check: (fd: number) => void): void {
    check(this.#number());
  }

  status(): FileStatus {
    return attempt(() => statusOf(fstatSync(this.#number(), { bigint: true })));
  }

  read(target: Uint8Array, position: number): number {
    return attempt(() => {
      let done = 0;
      while (done < target.length) {
        const read = readSync(this.#number(), target, done, target.length - done, position + done);
        if (read === 0) break;
        done += read;
      }
      return done;
    });
  }

  write(bytes: Uint8Array, position: number): void {
    attempt(() => {
      for (let done = 0; done < bytes.length;) {
        done += writeSync(this.#number(), bytes, done, bytes.length - done, position + done);
      }
    });
  }

  setSize(size: number): void {
    attempt(() => ftruncateSync(this.#number(), size));
  }

  setMode(mode: number): void {
    attempt(() => fchmodSync(this.#number(), withoutSetId(mode)));
  }

  setTimes(times: FileTimes): void {
    attempt(() => {
      const fd = this.#number();
      const roughly = (atime: Seconds, mtime: Seconds): void => futimesSync(fd, atime, mtime);
      setTimes({ path: `/proc/self/fd/${fd}`, status: () => this.status(), roughly }, times);
    });
  }

  async sync(): Promise<void> {
    try {
      await sync(this.#number());
    } catch (error) {
      throw new Errno(errnoOf(error));
    }
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    attempt(() => closeSync(this.#fd));
  }

  /** The system reuses a closed descriptor for the next file. */
  #number(): number {
    if (!this.#isOpen) throw new Errno('EBADF');
    return this.#fd;
  }
}
