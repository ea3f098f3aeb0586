/** Lists the regular files of a folder that the guest writes to. */
import type { FolderFiles, Names } from '../folder/folder-files';
import { inFolder } from './one-folder';

export interface ListedFile {
  readonly names: Names;
  readonly size: number;
  readonly modifiedAt: number;
}

/** What one listing may look at: the guest can make any number of both. */
const caps = { files: 2_000, directories: 5_000 };

interface Walk {
  readonly files: FolderFiles;
  readonly found: ListedFile[];
  directories: number;
}

/** At most 2,000 files, links and everything behind them left out. */
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
    // It may be gone by now, or another kind of thing.
    if (name === undefined || status?.kind !== 'file') continue;
    const modifiedAt = Number(status.mtimeNs / 1_000_000n);
    walk.found.push({ names: [...directory, name], size: status.size, modifiedAt });
  }
  for (const { name, kind } of entries) {
    if (walk.found.length >= caps.files) return;
    if (kind === 'directory') visit(walk, [...directory, name]);
  }
}

/** A directory that went away or became a link meanwhile has nothing in it. */
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
