/** What Node says of a file, in the words of the folder's interface. */
import type { BigIntStats, Dirent } from 'node:fs';
import { Errno, errnoOf } from '../folder/errno';
import type { FileKind, FileStatus, FileTimes } from '../folder/folder-files';

type Kinds = Pick<BigIntStats | Dirent, 'isFile' | 'isDirectory' | 'isSymbolicLink'>;

export function kindOf(entry: Kinds): FileKind {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'directory';
  return entry.isSymbolicLink() ? 'symlink' : 'other';
}

export const statusOf = (stats: BigIntStats): FileStatus => ({
  kind: kindOf(stats),
  mode: Number(stats.mode & 0o7777n),
  size: Number(stats.size),
  blocks: Number(stats.blocks),
  links: Number(stats.nlink),
  dev: stats.dev,
  ino: stats.ino,
  atimeNs: stats.atimeNs,
  mtimeNs: stats.mtimeNs,
  ctimeNs: stats.ctimeNs,
});

/** Does it; what the system throws becomes an `Errno`. */
export function attempt<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof Errno) throw error;
    throw new Errno(errnoOf(error));
  }
}

/** Disks without modes refuse them; what was made is there all the same. */
export function ignoringRefusal(act: () => void): void {
  try {
    act();
  } catch (error) {
    const code = errnoOf(error);
    if (code !== 'EPERM' && code !== 'EOPNOTSUPP') throw error;
  }
}

/** Node takes seconds and cuts them to microseconds, so half of one more keeps the one that is meant. */
export const secondsOf = (ns: bigint): number => {
  const microseconds = ns / 1000n;
  return Number(microseconds / 1_000_000n) + (Number(microseconds % 1_000_000n) + 0.5) / 1e6;
};

/** Both times in seconds; what is not to be set is what it was. */
export const timesIn = (times: FileTimes, now: FileStatus): readonly [atime: number, mtime: number] => [
  secondsOf(times.atimeNs ?? now.atimeNs),
  secondsOf(times.mtimeNs ?? now.mtimeNs),
];

/** A guest's root could else leave a program behind that runs as the person for anybody. */
export const withoutSetId = (mode: number): number => mode & 0o1777;
