/** Looks at a name that need not be there. */
import { errnoOf } from '../errno';
import type { FileStatus, Names } from '../folder-files';
import type { FileNode } from './node-table';

/** Of a name in the folder of `node`. @throws Errno but `ENOENT` and `ENOTDIR`, which are `null` */
export function statusOrNull({ binding }: FileNode, names: Names): FileStatus | null {
  try {
    return binding.files.status(names);
  } catch (error) {
    const code = errnoOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}
