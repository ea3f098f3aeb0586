/**
 * Which of a command's foreseen acts touch the person's files. Looks at the folder as it is now, before anything
 * happens.
 */
import type { FileAct } from '../../schema/act-questions';
import { Errno } from '../folder/errno';
import type { ForeseenFile } from '../../schema/files-api';
import type { FolderFiles, Names } from '../folder/folder-files';
import { checkNames } from '../confined/names';
import { statusIfThere } from '../folder/status-if-there';
import type { Ownership } from './ownership';

/** Larger folders are counted only up to this number */
const countCap = 10_000;

const namesOf = (path: string): Names => path.split('/').filter((name) => name !== '' && name !== '.');

/** How many of the person's files are below, up to a cap. A link counts as a file. */
function countPersons(files: FolderFiles, names: Names, isOwn: Ownership['isOwn']): number {
  let count = 0;
  const waiting: Names[] = [names];
  for (let folder = waiting.pop(); folder !== undefined && count < countCap; folder = waiting.pop()) {
    for (const { name } of files.list(folder)) {
      const below = [...folder, name];
      const status = statusIfThere(files, below);
      if (status?.kind === 'directory') waiting.push(below);
      else if (status !== null && !isOwn(below, status)) count += 1;
    }
  }
  return count;
}

function foreseenFile(files: FolderFiles, { kind, path, to }: FileAct, isOwn: Ownership['isOwn']): ForeseenFile | null {
  const names = namesOf(path);
  checkNames(names);
  // The folder itself can't be deleted or moved from inside it.
  if (names.length === 0) return null;
  const status = statusIfThere(files, names);
  if (status === null) return null;
  const isDirectory = status.kind === 'directory';
  const inside = isDirectory ? countPersons(files, names, isOwn) : 0;
  if (inside === 0 && isOwn(names, status)) return null;
  return {
    kind,
    path: names.join('/'),
    to,
    sizeBytes: status.kind === 'file' ? status.size : null,
    fileKind: status.kind,
    fileCount: isDirectory ? inside : 1,
  };
}

/** The acts that touch what was in the folder before the task. A name that the folder can't contain is ignored. */
export function foreseenFiles(
  files: FolderFiles,
  acts: readonly FileAct[],
  isOwn: Ownership['isOwn'],
): readonly ForeseenFile[] {
  const found = new Map<string, ForeseenFile>();
  for (const act of acts) {
    try {
      const file = foreseenFile(files, act, isOwn);
      if (file) found.set(`${file.kind} ${file.path}`, file);
    } catch (error) {
      // The question is asked when the act itself happens, if it does.
      if (!(error instanceof Errno)) throw error;
    }
  }
  return [...found.values()];
}
