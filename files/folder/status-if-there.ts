/** Looks at a name that need not be there. */
import { errnoOf } from './errno';
import type { FileStatus, FolderFiles, Names } from './folder-files';

/** @throws Errno but `ENOENT` and `ENOTDIR`, which are `null` */
export function statusIfThere(files: Pick<FolderFiles, 'status'>, names: Names): FileStatus | null {
  try {
    return files.status(names);
  } catch (error) {
    const code = errnoOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}
