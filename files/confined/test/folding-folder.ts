/** Wraps any folder to behave like a disk that treats names as one when they differ only in case or composition. */
import type { FolderFiles, Names } from '../../folder/folder-files';

const folded = (name: string): string => name.normalize('NFD').toLowerCase();

/** @param decomposes as HFS+ does with every name; APFS keeps names as they were written */
export function foldingFolder(files: FolderFiles, { decomposes }: { readonly decomposes: boolean }): FolderFiles {
  const onDisk = (names: Names): Names => {
    const real: string[] = [];
    for (const name of names) {
      const there = listed(real).find((other) => folded(other) === folded(name));
      real.push(there ?? (decomposes ? name.normalize('NFD') : name));
    }
    return real;
  };
  const listed = (names: Names): readonly string[] => {
    try {
      return files.list(names).map(({ name }) => name);
    } catch {
      return [];
    }
  };
  return {
    status: (names) => files.status(onDisk(names)),
    statusesIn: (directory, names) => files.statusesIn(onDisk(directory), names),
    list: (names) => files.list(onDisk(names)),
    readLink: (names) => files.readLink(onDisk(names)),
    openFile: (names, options) => files.openFile(onDisk(names), options),
    createFile: (names, mode) => files.createFile(onDisk(names), mode),
    makeDirectory: (names, mode) => files.makeDirectory(onDisk(names), mode),
    makeSymlink: (names, target) => files.makeSymlink(onDisk(names), target),
    makeHardLink: (existing, names) => files.makeHardLink(onDisk(existing), onDisk(names)),
    removeFile: (names) => files.removeFile(onDisk(names)),
    removeDirectory: (names) => files.removeDirectory(onDisk(names)),
    rename: (from, to, options) => {
      const [source, target] = [onDisk(from), onDisk(to)];
      const isOwnName = source.join('/') === target.join('/');
      const named = isOwnName ? [...target.slice(0, -1), ...to.slice(-1)] : target;
      files.rename(source, named, isOwnName ? { onExisting: 'replace' } : options);
    },
    setMode: (names, mode) => files.setMode(onDisk(names), mode),
    setTimes: (names, times) => files.setTimes(onDisk(names), times),
    space: () => files.space(),
    close: () => files.close(),
  };
}
