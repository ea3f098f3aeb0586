/** What the guest is about to change, told to whoever decides before it is done. */
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
  | 'content'
  | 'mode'
  | 'times';

export interface IntendedChange {
  readonly kind: ChangeKind;
  readonly taskId: string;
  readonly area: Area;
  readonly names: Names;
  /** Where a rename or a hard link leads */
  readonly to?: Names;
  /** Of what is there now */
  readonly status: FileStatus | null;
  /** Of what a rename would replace */
  readonly target?: FileStatus | null;
  /** As the guest's kernel says; 0 for what it writes back on its own */
  readonly caller: { readonly pid: number; readonly uid: number };
}

/**
 * Nothing lets it happen at once, a promise holds it, a rejection with an `Errno` refuses it. `dropped` tells that
 * nobody waits for the answer any more: the process was interrupted, or the folder is gone.
 */
export type Gate = (change: IntendedChange, dropped: AbortSignal) => Promise<void> | void;
