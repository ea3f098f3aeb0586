/** Tells what somebody changes in directories of a folder, whoever it is. */
import type { Names } from '../folder-files';

export interface WatchedDirectory {
  close(): void;
}

export interface FolderWatch {
  /**
   * Calls back for each change of an entry, `null` for one that has no name. Answers `null` when the directory cannot
   * be watched, or not reliably: on network drives, or past the system's limit.
   */
  watch(names: Names, onChange: (name: string | null) => void): WatchedDirectory | null;
  close(): void;
}
