/**
 * Handles of directories, opened one name at a time from the handle of the root. A handle always refers to the
 * directory that was opened, so a link that appears later can't redirect a call.
 */
import { closeSync, constants, fstatSync, lstatSync, openSync } from 'node:fs';
import { Errno } from '../folder/errno';
import type { Names } from '../folder/folder-files';
import { type SystemPath, systemPath } from './safe-paths';

/** `O_PATH` of Linux: the same on every processor that Electron supports. Node has no constant for it. */
export const O_PATH = 0o10000000;
const directoryFlags = O_PATH | constants.O_DIRECTORY | constants.O_NOFOLLOW;

/** An upper limit for one call: it uses two or three paths, and the depth of names is limited. */
const maxOpenedByCall = 1024;

interface Handle {
  readonly fd: number;
  readonly dev: bigint;
  readonly ino: bigint;
}

const open = (path: SystemPath, flags: number): Handle => {
  const fd = openSync(path, flags);
  const { dev, ino } = fstatSync(fd, { bigint: true });
  return { fd, dev, ino };
};

export class DirectoryHandles {
  readonly #root: Handle;
  /** Key: the names from the root, joined by slashes. Least recently used first. */
  readonly #handles = new Map<string, Handle>();
  readonly #limit: number;
  /**
   * Closed at the end of the call: while paths that contain their numbers are in use, the system must not reuse these.
   */
  readonly #dropped: number[] = [];
  #isClosed = false;

  /** @param root a real path that the person chose: links in it are followed once, here */
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
    // Callers that use one path at a time never call `settle`.
    if (this.#handles.size + this.#dropped.length > this.#limit + maxOpenedByCall) this.settle();
    let path = `/proc/self/fd/${this.rootFd}`;
    let key = '';
    for (const name of names) {
      key = key === '' ? name : `${key}/${name}`;
      path = `/proc/self/fd/${this.#child(path, name, key).fd}`;
    }
    return path;
  }

  /** Forgets a directory and everything below it when its name now means something else. For the root: everything. */
  drop(names: Names): void {
    const key = names.join('/');
    for (const [known, { fd }] of this.#handles) {
      if (key !== '' && known !== key && !known.startsWith(`${key}/`)) continue;
      this.#handles.delete(known);
      this.#dropped.push(fd);
    }
  }

  /** Ends the call: closes the dropped handles, and the oldest ones over the limit. */
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

  /** A directory that the person moved away or replaced by a link is no longer served. */
  #isStillThere({ dev, ino }: Handle, path: string): boolean {
    const now = lstatSync(systemPath(path), { bigint: true, throwIfNoEntry: false });
    return now !== undefined && now.ino === ino && now.dev === dev && now.isDirectory();
  }

  #open(path: string): Handle {
    try {
      return open(systemPath(path), directoryFlags);
    } catch (error) {
      // With `O_DIRECTORY` the system answers `ENOTDIR` for a link too; some versions answer `ELOOP`.
      if ((error as NodeJS.ErrnoException).code === 'ELOOP') throw new Errno('ENOTDIR');
      throw error;
    }
  }
}
