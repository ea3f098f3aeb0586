/**
 * Paths for systems without directory handles: each directory is checked before a call, in the same turn of the event
 * loop. The guest can't interfere, because all its changes come through here. Another program on the host can, but it
 * already has the person's rights. If it redirects the opening of a file, macOS refuses that, and elsewhere it is
 * nearly always noticed.
 */
import { fstatSync, lstatSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { Errno } from '../folder/errno';
import { isRawName } from '../../node/name-bytes';
import type { FileKind, Names } from '../folder/folder-files';
import { checkNames, splitNames } from './names';
import { kindOf } from './node-status';
import { checkWindowsName } from './portable-names';
import type { SafePaths } from './safe-paths';

/** macOS refuses a link anywhere in the path; Node has no constant for this flag. */
const noFollowAny = 0x2000_0000;

export class PortablePaths implements SafePaths {
  readonly canLink: boolean;
  readonly openFlags = process.platform === 'darwin' ? noFollowAny : 0;
  readonly #root: string;
  readonly #identity: string;
  readonly #isWindows: boolean;
  #isClosed = false;

  /** @throws the system's error when the folder doesn't exist */
  constructor(root: string, platform: NodeJS.Platform = process.platform) {
    this.#isWindows = platform === 'win32';
    this.canLink = !this.#isWindows;
    this.#root = realpathSync(root);
    this.#identity = identity(this.#root);
  }

  check(names: Names): void {
    checkNames(names);
    // These systems store only text.
    if (names.some(isRawName)) throw new Errno('EILSEQ');
    if (this.#isWindows) names.forEach(checkWindowsName);
  }

  entry(names: Names): string {
    if (names.length === 0) return this.directory(names);
    const { parent, name } = splitNames(names);
    return join(this.directory(parent), name);
  }

  directory(names: Names): string {
    // Another folder may have replaced the one that was chosen.
    if (this.#isClosed || identity(this.#root) !== this.#identity) throw new Errno('ESTALE');
    let path = this.#root;
    for (const name of names) {
      path = join(path, name);
      if (!lstatSync(path).isDirectory()) throw new Errno('ENOTDIR');
    }
    return path;
  }

  verify(names: Names, fd: number): void {
    const { dev, ino } = fstatSync(fd, { bigint: true });
    if (identity(this.entry(names)) !== `${dev}:${ino}`) throw new Errno('ELOOP');
  }

  pinned(names: Names, act: (path: string, kind: FileKind) => void): void {
    const path = this.entry(names);
    act(path, kindOf(lstatSync(path)));
  }

  drop(): void {
    return;
  }

  settle(): void {
    return;
  }

  close(): void {
    this.#isClosed = true;
  }
}

function identity(path: string): string {
  const { dev, ino } = lstatSync(path, { bigint: true });
  return `${dev}:${ino}`;
}
