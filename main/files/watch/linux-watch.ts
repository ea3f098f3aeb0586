/** Watches directories of Linux by their handles: the kernel watches the directory itself, whatever its name becomes. */
import { type FSWatcher, statfsSync, watch } from 'node:fs';
import { DirectoryHandles } from '../confined/directory-handles';
import { checkNames, decodeName } from '../confined/names';
import type { Names } from '../folder-files';
import type { FolderWatch, WatchedDirectory } from './folder-watch';

/** Disks that others write to without this kernel's knowing: NFS, SMB and its two successors, FUSE, 9P, Ceph, AFS. */
const remote: ReadonlySet<number> = new Set([
  0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x65735546, 0x01021997, 0x00c36400, 0x5346414f,
]);

export class LinuxWatch implements FolderWatch {
  readonly #directories: DirectoryHandles;
  readonly #watchers = new Set<FSWatcher>();
  readonly #limit: number;

  /** @throws what the system says when the folder cannot be opened */
  constructor(root: string, limit = 16_384) {
    this.#directories = new DirectoryHandles(root, 16);
    this.#limit = limit;
  }

  watch(names: Names, onChange: (name: string | null) => void): WatchedDirectory | null {
    if (this.#watchers.size >= this.#limit) return null;
    const watcher = this.#start(names);
    if (!watcher) return null;
    this.#watchers.add(watcher);
    watcher.on('change', (_kind, name) => onChange(nameOf(name)));
    watcher.on('error', () => onChange(null));
    return {
      close: () => {
        this.#watchers.delete(watcher);
        watcher.close();
      },
    };
  }

  close(): void {
    for (const watcher of this.#watchers) watcher.close();
    this.#watchers.clear();
    this.#directories.close();
  }

  #start(names: Names): FSWatcher | null {
    try {
      checkNames(names);
      const path = `${this.#directories.path(names)}/.`;
      if (remote.has(statfsSync(path).type)) return null;
      return watch(path, { encoding: 'buffer', persistent: false });
    } catch {
      // ENOSPC at the system's limit, ENOENT when it is gone: whoever asked believes nothing about it for long.
      return null;
    } finally {
      this.#directories.settle();
    }
  }
}

function nameOf(name: string | Buffer | null): string | null {
  if (name === null) return null;
  try {
    return decodeName(Buffer.from(name));
  } catch {
    // A name that the guest cannot say, or `.` for the directory itself.
    return null;
  }
}
