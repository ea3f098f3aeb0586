/** Converts Node's file status to the folder interface's. */
import type { BigIntStats, Dirent } from 'node:fs';
import { Errno, errnoOf } from '../folder/errno';
import type { FileKind, FileStatus } from '../folder/folder-files';

type Kinds = Pick<BigIntStats | Dirent, 'isFile' | 'isDirectory' | 'isSymbolicLink'>;

export function kindOf(entry: Kinds): FileKind {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'directory';
  return entry.isSymbolicLink() ? 'symlink' : 'other';
}

/** Node shows directories of Windows without the right to enter them, and the guest's kernel would refuse to. */
export const modeOf = (mode: bigint, kind: FileKind, platform: NodeJS.Platform = process.platform): number =>
  Number(mode & 0o7777n) | (platform === 'win32' && kind === 'directory' ? 0o111 : 0);

export function statusOf(stats: BigIntStats): FileStatus {
  const kind = kindOf(stats);
  return {
    kind,
    mode: modeOf(stats.mode, kind),
    size: Number(stats.size),
    blocks: Number(stats.blocks),
    links: Number(stats.nlink),
    dev: stats.dev,
    ino: stats.ino,
    atimeNs: stats.atimeNs,
    mtimeNs: stats.mtimeNs,
    ctimeNs: stats.ctimeNs,
  };
}

/** Runs an act and converts the system's error into an `Errno`. */
export function attempt<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof Errno) throw error;
    throw new Errno(errnoOf(error));
  }
}

/** Disks without modes refuse this; the file exists all the same. */
export function ignoringRefusal(act: () => void): void {
  try {
    act();
  } catch (error) {
    const code = errnoOf(error);
    if (code !== 'EPERM' && code !== 'EOPNOTSUPP') throw error;
  }
}

/** Otherwise root in the guest could leave a program that runs as the person for anyone who starts it. */
export const withoutSetId = (mode: number): number => mode & 0o1777;
