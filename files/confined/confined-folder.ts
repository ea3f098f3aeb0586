/** A folder on the host. Every call reaches its names by safe paths and follows no link. */
import {
  chmodSync,
  constants,
  linkSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  openSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  statfsSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
} from 'node:fs';
import { nameFromBytes } from '../../node/name-bytes';
import { Errno } from '../folder/errno';
import type {
  FileStatus,
  FileTimes,
  FolderFiles,
  FreeSpace,
  ListedName,
  Names,
  OpenFile,
  OpenOptions,
  RenameOptions,
} from '../folder/folder-files';
import { listedNames } from './listed-names';
import { encodeName } from './names';
import { attempt, ignoringRefusal, statusOf, withoutSetId } from './node-status';
import { type Seconds, setTimes } from './set-times';
import { RegularFile } from './regular-file';
import { type SafePaths, systemPath } from './safe-paths';

const { O_CREAT, O_EXCL, O_RDONLY, O_RDWR } = constants;
/**
 * Opening a pipe must not wait for its other end. Windows has no such pipes, and Node has no constant for this flag
 * there.
 */
const careful = ['O_NOFOLLOW', 'O_NONBLOCK', 'O_NOCTTY'].reduce(
  (flags, name) => flags | ((constants as Readonly<Record<string, number>>)[name] ?? 0),
  0,
);

export class ConfinedFolder implements FolderFiles {
  readonly #paths: SafePaths;

  constructor(paths: SafePaths) {
    this.#paths = paths;
  }

  status(names: Names): FileStatus {
    return this.#call([names], () => this.#status(names));
  }

  statusesIn(directory: Names, names: readonly string[]): ReadonlyArray<FileStatus | null> {
    return this.#call([directory], () => {
      const path = this.#paths.directory(directory);
      return names.map((name) => {
        this.#paths.check([name]);
        const stats = lstatSync(systemPath(`${path}/${name}`), { bigint: true, throwIfNoEntry: false });
        return stats ? statusOf(stats) : null;
      });
    });
  }

  list(names: Names): readonly ListedName[] {
    return this.#call([names], () =>
      listedNames(readdirSync(this.#paths.directory(names), { encoding: 'buffer', withFileTypes: true })),
    );
  }

  readLink(names: Names): string {
    return this.#call([names], () => nameFromBytes(readlinkSync(this.#paths.entry(names), { encoding: 'buffer' })));
  }

  openFile(names: Names, { isWritable }: OpenOptions): OpenFile {
    return this.#call([names], () => {
      const { kind } = this.#status(names);
      if (kind === 'symlink') throw new Errno('ELOOP');
      // Opening a device can already have an effect.
      if (kind !== 'file') throw new Errno('EPERM');
      return this.#open(names, isWritable ? O_RDWR : O_RDONLY);
    });
  }

  createFile(names: Names, mode: number): OpenFile {
    return this.#call([names], () => {
      const file = this.#open(names, O_RDWR | O_CREAT | O_EXCL);
      ignoringRefusal(() => file.setMode(mode));
      return file;
    });
  }

  makeDirectory(names: Names, mode: number): void {
    this.#call([names], () => {
      mkdirSync(this.#paths.entry(names), 0o700);
      ignoringRefusal(() => this.#setMode(names, mode));
    });
  }

  makeSymlink(names: Names, target: string): void {
    this.#call([names], () => {
      if (!this.#paths.canLink) throw new Errno('EPERM');
      if (target === '' || target.includes('\0')) throw new Errno('EINVAL');
      symlinkSync(encodeName(target), this.#paths.entry(names));
    });
  }

  makeHardLink(existing: Names, names: Names): void {
    this.#call([existing, names], () => {
      const { kind } = this.#status(existing);
      if (!this.#paths.canLink || kind === 'directory' || kind === 'other') throw new Errno('EPERM');
      linkSync(this.#paths.entry(existing), this.#paths.entry(names));
    });
  }

  removeFile(names: Names): void {
    this.#call([names], () => unlinkSync(this.#paths.entry(names)));
  }

  removeDirectory(names: Names): void {
    this.#call([names], () => {
      rmdirSync(this.#paths.entry(names));
      this.#paths.drop(names);
    });
  }

  rename(from: Names, to: Names, { onExisting }: RenameOptions): void {
    this.#call([from, to], () => {
      if (from.length === 0 || to.length === 0) throw new Errno('EBUSY');
      const target = this.#paths.entry(to);
      if (onExisting === 'keep' && lstatSync(target, { throwIfNoEntry: false })) throw new Errno('EEXIST');
      renameSync(this.#paths.entry(from), target);
      this.#paths.drop(from);
      this.#paths.drop(to);
    });
  }

  setMode(names: Names, mode: number): void {
    this.#call([names], () => this.#setMode(names, mode));
  }

  setTimes(names: Names, times: FileTimes): void {
    this.#call([names], () => {
      this.#paths.pinned(names, (path, kind) => {
        if (kind === 'other') throw new Errno('EPERM');
        const roughly = (atime: Seconds, mtime: Seconds): void =>
          kind === 'symlink' ? lutimesSync(this.#paths.entry(names), atime, mtime) : utimesSync(path, atime, mtime);
        setTimes({ path: String(path), status: () => this.#status(names), roughly }, times);
      });
    });
  }

  space(): FreeSpace {
    return this.#call([], () => {
      const { bsize, blocks, bavail, files, ffree } = statfsSync(this.#paths.directory([]));
      return { blockSize: bsize, blocks, freeBlocks: bavail, files, freeFiles: ffree };
    });
  }

  close(): void {
    this.#paths.close();
  }

  #call<T>(names: readonly Names[], act: () => T): T {
    return attempt(() => {
      names.forEach((each) => this.#paths.check(each));
      try {
        return act();
      } finally {
        this.#paths.settle();
      }
    });
  }

  #status(names: Names): FileStatus {
    // Programs ask for missing names all the time, and Node's own error for them is slow to make.
    const stats = lstatSync(this.#paths.entry(names), { bigint: true, throwIfNoEntry: false });
    if (!stats) throw new Errno('ENOENT');
    return statusOf(stats);
  }

  #open(names: Names, flags: number): RegularFile {
    const file = RegularFile.of(openSync(this.#paths.entry(names), flags | careful | this.#paths.openFlags, 0o600));
    try {
      file.verify((fd) => this.#paths.verify(names, fd));
    } catch (error) {
      file.close();
      throw error;
    }
    return file;
  }

  #setMode(names: Names, mode: number): void {
    this.#paths.pinned(names, (path, kind) => {
      if (kind === 'symlink') throw new Errno('EOPNOTSUPP');
      if (kind === 'other') throw new Errno('EPERM');
      chmodSync(path, kind === 'file' ? withoutSetId(mode) : mode & 0o7777);
    });
  }
}
