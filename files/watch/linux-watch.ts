/** Watches directories on Linux by their handles: the kernel watches the directory itself, even if it is renamed. */
import { type FSWatcher, statfsSync, watch } from 'node:fs';
import type { Disposable } from '../../schema/transport';
import { DirectoryHandles } from '../confined/directory-handles';
import { checkNames, decodeName } from '../confined/names';
import type { Names } from '../folder/folder-files';
import { EventQueue } from './event-queue';
import type { DirectoryListener, FolderWatch, WatchedDirectory } from './folder-watch';

/** Disks that others can write to without this kernel knowing: NFS, SMB and its two successors, FUSE, 9P, Ceph, AFS. */
const remote: ReadonlySet<number> = new Set([
  0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x65735546, 0x01021997, 0x00c36400, 0x5346414f,
]);

/** The last name of the path by which a directory is watched; the directory's own events have this name */
const itself = '.';

/** Node reads all its watches from one queue. */
const queue = new EventQueue();

export class LinuxWatch implements FolderWatch {
  readonly #directories: DirectoryHandles;
  readonly #watchers = new Map<FSWatcher, DirectoryListener>();
  readonly #limit: number;
  readonly #overflow: Disposable;

  /** @throws the system's error when the folder can't be opened */
  constructor(root: string, limit = 16_384) {
    this.#directories = new DirectoryHandles(root, 16);
    this.#limit = limit;
    this.#overflow = queue.onOverflow(() => {
      for (const listener of [...this.#watchers.values()]) listener.missed();
    });
  }

  watch(names: Names, listener: DirectoryListener): WatchedDirectory | null {
    if (this.#watchers.size >= this.#limit) return null;
    const watcher = this.#start(names);
    if (!watcher) return null;
    this.#watchers.set(watcher, listener);
    watcher.on('change', (kind, name) => {
      queue.count();
      // It was removed, which ends its watch, or moved.
      if (kind === 'rename' && isItself(name)) listener.missed();
      else listener.changed(nameOf(name));
    });
    watcher.on('error', () => listener.missed());
    return {
      close: () => {
        this.#watchers.delete(watcher);
        watcher.close();
      },
    };
  }

  close(): void {
    this.#overflow.dispose();
    for (const watcher of this.#watchers.keys()) watcher.close();
    this.#watchers.clear();
    this.#directories.close();
  }

  #start(names: Names): FSWatcher | null {
    try {
      checkNames(names);
      const path = `${this.#directories.path(names)}/${itself}`;
      if (remote.has(statfsSync(path).type)) return null;
      return watch(path, { encoding: 'buffer', persistent: false });
    } catch {
      // ENOSPC at the system's limit, ENOENT when it is gone: callers then cache nothing about it for long.
      return null;
    } finally {
      this.#directories.settle();
    }
  }
}

const isItself = (name: string | Buffer | null): boolean => String(name) === itself;

function nameOf(name: string | Buffer | null): string | null {
  if (name === null) return null;
  try {
    return decodeName(Buffer.from(name));
  } catch {
    // A name that the guest can't represent, or the directory itself.
    return null;
  }
}
