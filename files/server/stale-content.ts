/** Whether a file is still as this server left it, or somebody else has changed it. */
import type { FileStatus } from '../folder/folder-files';
import { isRewritten, isTouched } from '../folder/is-changed';

/**
 * With a write-back cache, the kernel trusts its own size and time of a regular file, and no answer changes that. A
 * file that somebody else wrote must get a new node.
 */
export const hasOtherContent = (told: FileStatus, now: FileStatus): boolean =>
  now.kind === 'file' && isRewritten(told, now);

/** A write that keeps size and modification time still changes the ctime. */
export const mayHaveOtherContent = (told: FileStatus, now: FileStatus): boolean =>
  now.kind === 'file' ? isTouched(told, now) : told.ctimeNs !== now.ctimeNs;
