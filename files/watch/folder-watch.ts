/** Tells what somebody changes in directories of a folder, whoever it is. */
import type { Names } from '../folder/folder-files';

export interface DirectoryListener {
  /** An entry was made, changed or removed; `null` when it has no name, or none that can be said */
  readonly changed: (name: string | null) => void;
  /** Changes may have been missed, and nothing more may come: the directory went away or elsewhere, or too much came */
  readonly missed: () => void;
}

export interface WatchedDirectory {
  close(): void;
}

export interface FolderWatch {
  /** `null` when the directory cannot be watched, or not reliably: on network drives, or past the system's limit. */
  watch(names: Names, listener: DirectoryListener): WatchedDirectory | null;
  close(): void;
}
