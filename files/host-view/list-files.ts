/** Lists the regular files of a folder that the guest writes to. */
import type { FolderFiles, Names } from '../folder/folder-files';
import { inFolder } from './one-folder';

export interface ListedFile {
  readonly names: Names;
  readonly size: number;
  readonly modifiedAt: number;
}

/** Limits of one listing: the guest can create any number of both. */
const caps = { files: 2_000, directories: 5_000 };

interface Walk {
  readonly files: FolderFiles;
  readonly found: ListedFile[];
  directories: number;
}

/** At most 2,000 files, without links and anything behind them. */
export const listFiles = (root: string): readonly ListedFile[] =>
  inFolder(root, (files) => {
    const walk: Walk = { files, found: [], directories: 0 };
    visit(walk, []);
    return walk.found;
  });

function visit(walk: Walk, directory: Names): void {
  if (++walk.directories > caps.directories) return;
  const entries = listedIn(walk.files, directory);
  const names = entries.filter(({ kind }) => kind === 'file').map(({ name }) => name);
  const room = names.slice(0, caps.files - walk.found.length);
  for (const [index, status] of statusesIn(walk.files, directory, room).entries()) {
    const name = room[index];
    // It may be gone by now, or be of another kind.
    if (name === undefined || status?.kind !== 'file') continue;
    const modifiedAt = Number(status.mtimeNs / 1_000_000n);
    walk.found.push({ names: [...directory, name], size: status.size, modifiedAt });
  }
  for (const { name, kind } of entries) {
    if (walk.found.length >= caps.files) return;
    if (kind === 'directory') visit(walk, [...directory, name]);
  }
}

/** A directory that was removed or became a link in the meantime counts as empty. */
function listedIn(files: FolderFiles, directory: Names): ReturnType<FolderFiles['list']> {
  try {
    return files.list(directory);
  } catch {
    return [];
  }
}

function statusesIn(files: FolderFiles, directory: Names, names: readonly string[]) {
  try {
    return files.statusesIn(directory, names);
  } catch {
    return [];
  }
}
