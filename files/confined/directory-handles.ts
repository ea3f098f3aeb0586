/**
 * Handles of directories, walked one name at a time from the handle of the root. A handle stays the directory that it
 * was opened as, so no link that appears later can lead a call elsewhere.
 */
import { closeSync, constants, fstatSync, lstatSync, openSync } from 'node:fs';
import { Errno } from '../folder/errno';
import type { Names } from '../folder/folder-files';

/** Linux's own, the same on every processor that Electron runs on; Node has no name for it. */
export const O_PATH = 0o10000000;
const directoryFlags = O_PATH | constants.O_DIRECTORY | constants.O_NOFOLLOW;

/** No call walks more directories than these: it uses two or three paths, and the depth of names is limited. */
const maxOpenedByCall = 1024;

interface Handle {
  readonly fd: number;
  readonly dev: bigint;
  readonly ino: bigint;
}

const open = (path: string, flags: number): Handle => {
  const fd = openSync(path, flags);
  const { dev, ino } = fstatSync(fd, { bigint: true });
  return { fd, dev, ino };
};

export class DirectoryHandles {
  readonly #root: Handle;
  /** By the names from the root, joined by slashes; the one that was used longest ago comes first. */
  readonly #handles = new Map<string, Handle>();
  readonly #limit: number;
  /** Closed when the call is over: their numbers must not go to others while paths with them are in use. */
  readonly #dropped: number[] = [];
  #isClosed = false;

  /** @param root a real path, chosen by the person: its own links are followed once, here */
  constructor(root: string, limit = 256) {
    this.#root = open(root, O_PATH | constants.O_DIRECTORY);
    this.#limit = limit;
  }

  get rootFd(): number {
    if (this.#isClosed) throw new Errno('ESTALE');
    return this.#root.fd;
  }

  /** A path of the directory until `settle`: `/proc/self/fd/N`. @throws Errno `ENOENT`, `ENOTDIR` */
  path(names: Names): string {
    // For callers that use one path at a time and never settle.
    if (this.#handles.size + this.#dropped.length > this.#limit + maxOpenedByCall) this.settle();
    let path = `/proc/self/fd/${this.rootFd}`;
    let key = '';
    for (const name of names) {
      key = key === '' ? name : `${key}/${name}`;
      path = `/proc/self/fd/${this.#child(path, name, key).fd}`;
    }
    return path;
  }

  /** Forgets a directory and all below it, after its name went to another; all of them for the root. */
  drop(names: Names): void {
    const key = names.join('/');
    for (const [known, { fd }] of this.#handles) {
      if (key !== '' && known !== key && !known.startsWith(`${key}/`)) continue;
      this.#handles.delete(known);
      this.#dropped.push(fd);
    }
  }

  /** The call is over: closes what was dropped, and the oldest of what is too many. */
  settle(): void {
    for (const [key, { fd }] of this.#handles) {
      if (this.#handles.size <= this.#limit) break;
      this.#handles.delete(key);
      this.#dropped.push(fd);
    }
    for (const fd of this.#dropped.splice(0)) closeSync(fd);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.drop([]);
    this.settle();
    closeSync(this.#root.fd);
  }

  #child(parent: string, name: string, key: string): Handle {
    const known = this.#handles.get(key);
    if (known) {
      this.#handles.delete(key);
      if (this.#isStillThere(known, `${parent}/${name}`)) {
        this.#handles.set(key, known);
        return known;
      }
      this.#dropped.push(known.fd);
      this.drop(key.split('/'));
    }
    const handle = this.#open(`${parent}/${name}`);
    this.#handles.set(key, handle);
    return handle;
  }

  /** A directory that the person moved away, or replaced by a link, is served no longer. */
  #isStillThere({ dev, ino }: Handle, path: string): boolean {
    const now = lstatSync(path, { bigint: true, throwIfNoEntry: false });
    return now !== undefined && now.ino === ino && now.dev === dev && now.isDirectory();
  }

  #open(path: string): Handle {
    try {
      return open(path, directoryFlags);
    } catch (error) {
      // With O_DIRECTORY the system says ENOTDIR of a link too, on some versions ELOOP.
      if ((error as NodeJS.ErrnoException).code === 'ELOOP') throw new Errno('ENOTDIR');
      throw error;
    }
  }
}
