/** The folders inside a folder, for shells without a folder dialog. */
import { readdir, realpath } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { RpcError } from '../../schema/errors';

export interface FolderList {
  readonly path: string;
  readonly parent: string | null;
  readonly folders: string[];
}

/** Names only, without hidden ones. @throws RpcError `NOT_FOUND` */
export async function listFolders(typed: string): Promise<FolderList> {
  try {
    const path = await realpath(resolve(typed));
    const entries = await readdir(path, { withFileTypes: true });
    const folders = entries
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map(({ name }) => name);
    const parent = dirname(path);
    return { path, parent: parent === path ? null : parent, folders: folders.sort((a, b) => a.localeCompare(b)) };
  } catch (error) {
    throw new RpcError('NOT_FOUND', `Piwork can't open ${typed}. Choose another folder.`, { cause: error });
  }
}
