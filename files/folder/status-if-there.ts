/** Looks at a name that may not exist. */
import { errnoOf } from './errno';
import type { FileStatus, FolderFiles, Names } from './folder-files';

/** @throws Errno other than `ENOENT` and `ENOTDIR`, which return `null` */
export function statusIfThere(files: Pick<FolderFiles, 'status'>, names: Names): FileStatus | null {
  try {
    return files.status(names);
  } catch (error) {
    const code = errnoOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}
