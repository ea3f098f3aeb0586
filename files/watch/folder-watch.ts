/** Reports changes in directories of a folder, whoever makes them. */
import type { Names } from '../folder/folder-files';

export interface DirectoryListener {
  /** An entry was created, changed or removed; `null` when its name is missing or can't be represented */
  readonly changed: (name: string | null) => void;
  /**
   * Changes may have been missed, and no more events may come: the directory was removed or moved, or there were too
   * many events
   */
  readonly missed: () => void;
}

export interface WatchedDirectory {
  close(): void;
}

export interface FolderWatch {
  /** `null` when the directory can't be watched, or not reliably: on network drives, or over the system's limit. */
  watch(names: Names, listener: DirectoryListener): WatchedDirectory | null;
  close(): void;
}
