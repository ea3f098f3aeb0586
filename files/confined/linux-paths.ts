/** Paths on Linux: `/proc/self/fd/N/name`, where N is a handle of the directory. */
import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import type { FileKind, Names } from '../folder/folder-files';
import { DirectoryHandles, O_PATH } from './directory-handles';
import { checkNames, splitNames } from './names';
import { kindOf } from './node-status';
import { type SafePaths, systemPath, type SystemPath } from './safe-paths';

export class LinuxPaths implements SafePaths {
  readonly canLink = true;
  readonly openFlags = 0;
  readonly #directories: DirectoryHandles;

  /** @throws the system's error when the folder can't be opened */
  constructor(root: string, maxHandles?: number) {
    this.#directories = new DirectoryHandles(root, maxHandles);
  }

  check(names: Names): void {
    checkNames(names);
  }

  entry(names: Names): SystemPath {
    if (names.length === 0) return this.directory(names);
    const { parent, name } = splitNames(names);
    return systemPath(`${this.#directories.path(parent)}/${name}`);
  }

  /** With the dot it is the directory itself; without it, a link to the directory. */
  directory(names: Names): string {
    return `${this.#directories.path(names)}/.`;
  }

  /** A handle can't be redirected. */
  verify(): void {
    return;
  }

  pinned(names: Names, act: (path: string, kind: FileKind) => void): void {
    const fd = openSync(this.entry(names), O_PATH | constants.O_NOFOLLOW);
    try {
      act(`/proc/self/fd/${fd}`, kindOf(fstatSync(fd)));
    } finally {
      closeSync(fd);
    }
  }

  drop(names: Names): void {
    this.#directories.drop(names);
  }

  settle(): void {
    this.#directories.settle();
  }

  close(): void {
    this.#directories.close();
  }
}
