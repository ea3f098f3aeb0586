/** How the journal recognises a file, and notices that somebody else changed it. */
import type { FileStatus, Names } from '../folder/folder-files';
import { isRewritten } from '../folder/is-changed';
import type { RecordOf, Was } from './records';

/** A file after our last change to it. Compared without the device number, which can change at a restart. */
export interface Identity {
  readonly ino: string;
  readonly mode: number;
  readonly size: number;
  readonly mtimeNs: string;
  readonly ctimeNs: string;
}

/** Matches every time: our own act changed it, and nobody could read it then. */
export const anyTime = '';

/** Device and inode. Identifies a file while it exists; later the number may belong to another. */
export const fileIdOf = (status: FileStatus): string => `${status.dev}:${status.ino}`;

export const inoOf = (fileId: string): string => fileId.slice(fileId.indexOf(':') + 1);

export const wasOf = (status: FileStatus, target?: string): Was => ({
  file: fileIdOf(status),
  kind: status.kind,
  mode: status.mode,
  size: status.size,
  links: status.links,
  atimeNs: `${status.atimeNs}`,
  mtimeNs: `${status.mtimeNs}`,
  ...(target === undefined ? {} : { target }),
});

export const identityOf = (status: FileStatus): Identity => ({
  ino: `${status.ino}`,
  mode: status.mode,
  size: status.size,
  mtimeNs: `${status.mtimeNs}`,
  ctimeNs: `${status.ctimeNs}`,
});

export const identityIn = (after: RecordOf<'after'>): Identity => ({
  ino: inoOf(after.file),
  mode: after.mode,
  size: after.size,
  mtimeNs: after.mtimeNs,
  ctimeNs: after.ctimeNs,
});

/** Whether nobody changed the file between the two. */
export const isSame = (one: Identity, other: Identity): boolean =>
  one.ino === other.ino &&
  !isRewritten(one, other) &&
  (one.ctimeNs === other.ctimeNs || one.ctimeNs === anyTime || other.ctimeNs === anyTime) &&
  one.mode === other.mode;

export const afterOf = (
  area: string,
  names: Names,
  status: FileStatus,
  isOwn: boolean,
): Omit<RecordOf<'after'>, 'seq'> => ({
  type: 'after',
  area,
  names,
  file: fileIdOf(status),
  kind: status.kind,
  mode: status.mode,
  size: status.size,
  mtimeNs: `${status.mtimeNs}`,
  ctimeNs: `${status.ctimeNs}`,
  ...(isOwn ? { isOwn } : {}),
});
