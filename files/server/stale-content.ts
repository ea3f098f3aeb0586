/** Whether a file is still what this server made of it, or somebody else changed it meanwhile. */
import type { FileStatus } from '../folder/folder-files';

/**
 * With a write-back cache the kernel believes its own size and time of a regular file, and no answer changes its mind.
 * A file that somebody else wrote has to become another node.
 */
export const hasOtherContent = (told: FileStatus, now: FileStatus): boolean =>
  now.kind === 'file' && (told.size !== now.size || told.mtimeNs !== now.mtimeNs);

/** A write that kept size and time still shows in the time of the last change. */
export const mayHaveOtherContent = (told: FileStatus, now: FileStatus): boolean =>
  hasOtherContent(told, now) || told.ctimeNs !== now.ctimeNs;
