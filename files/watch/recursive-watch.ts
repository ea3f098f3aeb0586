/** Watches a whole folder, which is cheap on macOS and Windows, and notifies the listeners of each directory. */
import { type FSWatcher, watch } from 'node:fs';
import { sep } from 'node:path';
import type { Names } from '../folder/folder-files';
import type { DirectoryListener, FolderWatch, WatchedDirectory } from './folder-watch';

export class RecursiveWatch implements FolderWatch {
  readonly #listeners = new Map<string, Set<DirectoryListener>>();
  readonly #watcher: FSWatcher | null;
  #isReliable = true;

  constructor(root: string, start: (root: string) => FSWatcher | null = startWatching) {
    this.#watcher = start(root);
    this.#watcher?.on('change', (_kind, name: string | Buffer | null) => {
      // Windows gives no name when more changed than its buffer had room for.
      if (name === null) this.#missAll();
      else this.#tell(String(name));
    });
    this.#watcher?.on('error', () => this.#lose());
  }

  watch(names: Names, listener: DirectoryListener): WatchedDirectory | null {
    if (!this.#watcher || !this.#isReliable) return null;
    const key = names.join(sep);
    const listeners = this.#listeners.get(key) ?? new Set<DirectoryListener>();
    this.#listeners.set(key, listeners.add(listener));
    return {
      close: () => {
        listeners.delete(listener);
        if (listeners.size === 0) this.#listeners.delete(key);
      },
    };
  }

  close(): void {
    this.#watcher?.close();
    this.#listeners.clear();
  }

  #tell(path: string): void {
    const at = path.lastIndexOf(sep);
    const [directory, name] = at < 0 ? ['', path] : [path.slice(0, at), path.slice(at + 1)];
    for (const listener of this.#listeners.get(directory) ?? []) listener.changed(name);
  }

  /** All listeners must look themselves; this watch is no longer reliable. */
  #lose(): void {
    this.#isReliable = false;
    this.#missAll();
  }

  #missAll(): void {
    const listeners = [...this.#listeners.values()].flatMap((each) => [...each]);
    for (const listener of listeners) listener.missed();
  }
}

function startWatching(root: string): FSWatcher | null {
  try {
    return watch(root, { recursive: true, persistent: false });
  } catch {
    // A disk that can't be watched.
    return null;
  }
}
