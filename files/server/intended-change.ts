/** What the guest is about to change, described for whoever decides before it happens. */
import type { FileStatus, Names } from '../folder/folder-files';
import type { Area } from './bindings';

export type ChangeKind =
  | 'create'
  | 'makeDirectory'
  | 'makeSymlink'
  | 'makeHardLink'
  | 'remove'
  | 'removeDirectory'
  | 'rename'
  /** Two names change places */
  | 'exchange'
  | 'content'
  | 'mode'
  | 'times';

export interface IntendedChange {
  readonly kind: ChangeKind;
  readonly taskId: string;
  readonly area: Area;
  readonly names: Names;
  /** Target of a rename or a hard link; the other name of an exchange */
  readonly to?: Names;
  /** Status of what is there now */
  readonly status: FileStatus | null;
  /** Status of what a rename would replace, or of the other file of an exchange */
  readonly target?: FileStatus | null;
  /** As reported by the guest's kernel; 0 for what the kernel writes back itself */
  readonly caller: { readonly pid: number; readonly uid: number };
}

/**
 * Returns nothing to allow the change now, or a promise to hold it; a rejection with an `Errno` refuses it. `dropped`
 * is aborted when the answer is no longer needed: the process was interrupted, or the folder is gone.
 */
export type Gate = (change: IntendedChange, dropped: AbortSignal) => Promise<void> | void;
