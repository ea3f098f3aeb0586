/** Adds a file to a folder under a name that is free. */
import { extname } from 'node:path';
import { errnoOf } from '../folder/errno';
import type { FolderFiles, OpenFile } from '../folder/folder-files';
import { inFolder } from './one-folder';

const numbered = (name: string, number: number): string => {
  if (number === 1) return name;
  const extension = extname(name);
  return `${name.slice(0, name.length - extension.length)} ${number}${extension}`;
};

/** Returns the name that the file got: one that is taken gets a number. @throws Errno */
export const addFile = (root: string, name: string, bytes: Uint8Array): string =>
  inFolder(root, (files) => {
    for (let number = 1; ; number++) {
      const free = numbered(name, number);
      const file = createUnlessTaken(files, free);
      if (!file) continue;
      try {
        writeAll(file, bytes);
      } catch (error) {
        // Half a file is worse than none: the agent would believe that it is complete.
        files.removeFile([free]);
        throw error;
      }
      return free;
    }
  });

function createUnlessTaken(files: FolderFiles, name: string): OpenFile | null {
  try {
    return files.createFile([name], 0o644);
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return null;
    throw error;
  }
}

function writeAll(file: OpenFile, bytes: Uint8Array): void {
  try {
    file.write(bytes, 0);
  } finally {
    file.close();
  }
}
