/** A folder of Linux, reached by handles of its directories alone: `/proc/self/fd/N/name`, and no link is followed. */
import {
  chmodSync,
  closeSync,
  constants,
  fstatSync,
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
import { Errno } from '../errno';
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
} from '../folder-files';
import { DirectoryHandles, O_PATH } from './directory-handles';
import { checkNames, decodeText, splitNames } from './names';
import { attempt, statusOf, timesIn, withoutSetId } from './node-status';
import { listedNames } from './listed-names';
import { RegularFile } from './regular-file';

const { O_CREAT, O_EXCL, O_NOCTTY, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_RDWR } = constants;
/** Opening a pipe must not wait for its other end. */
const careful = O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;

export class LinuxFolder implements FolderFiles {
  readonly #directories: DirectoryHandles;

  /** @throws Errno when the folder cannot be opened */
  constructor(root: string, options: { readonly maxHandles?: number } = {}) {
    this.#directories = attempt(() => new DirectoryHandles(root, options.maxHandles));
  }

  status(names: Names): FileStatus {
    return this.#try(names, () => this.#status(names));
  }

  list(names: Names): readonly ListedName[] {
    return this.#try(names, () =>
      listedNames(readdirSync(`${this.#directories.path(names)}/.`, { encoding: 'buffer', withFileTypes: true })),
    );
  }

  readLink(names: Names): string {
    return this.#try(names, () => decodeText(readlinkSync(this.#path(names), { encoding: 'buffer' })));
  }

  openFile(names: Names, { isWritable }: OpenOptions): OpenFile {
    return this.#try(names, () => {
      const path = this.#path(names);
      const { kind } = statusOf(lstatSync(path, { bigint: true }));
      if (kind === 'symlink') throw new Errno('ELOOP');
      // Opening a device may already do something.
      if (kind !== 'file') throw new Errno('EPERM');
      return RegularFile.of(openSync(path, (isWritable ? O_RDWR : O_RDONLY) | careful));
    });
  }

  createFile(names: Names, mode: number): OpenFile {
    return this.#try(names, () => {
      const file = RegularFile.of(openSync(this.#path(names), O_RDWR | O_CREAT | O_EXCL | careful, 0o600));
      this.#unlessRefused(() => file.setMode(mode));
      return file;
    });
  }

  makeDirectory(names: Names, mode: number): void {
    this.#try(names, () => {
      mkdirSync(this.#path(names), 0o700);
      this.#unlessRefused(() => this.#setMode(names, mode));
    });
  }

  makeSymlink(names: Names, target: string): void {
    this.#try(names, () => {
      if (target === '' || target.includes('\0')) throw new Errno('EINVAL');
      symlinkSync(target, this.#path(names));
    });
  }

  makeHardLink(existing: Names, names: Names): void {
    this.#try([...existing, ...names], () => {
      const { kind } = this.#status(existing);
      if (kind === 'directory' || kind === 'other') throw new Errno('EPERM');
      const [from, to] = this.#paths(existing, names);
      linkSync(from, to);
    });
  }

  removeFile(names: Names): void {
    this.#try(names, () => unlinkSync(this.#path(names)));
  }

  removeDirectory(names: Names): void {
    this.#try(names, () => {
      rmdirSync(this.#path(names));
      this.#directories.drop(names);
    });
  }

  rename(from: Names, to: Names, { onExisting }: RenameOptions): void {
    this.#try([...from, ...to], () => {
      // Node has no way to ask the system for it.
      if (onExisting === 'exchange') throw new Errno('EINVAL');
      const [source, target] = this.#paths(from, to);
      if (onExisting === 'keep' && lstatSync(target, { throwIfNoEntry: false })) throw new Errno('EEXIST');
      renameSync(source, target);
      this.#directories.drop(from);
      this.#directories.drop(to);
    });
  }

  setMode(names: Names, mode: number): void {
    this.#try(names, () => this.#setMode(names, mode));
  }

  setTimes(names: Names, times: FileTimes): void {
    this.#try(names, () =>
      this.#withHandle(names, (handle, status) => {
        const [atime, mtime] = timesIn(times, status);
        if (status.kind === 'symlink') lutimesSync(this.#path(names), atime, mtime);
        else if (status.kind === 'other') throw new Errno('EPERM');
        else utimesSync(handle, atime, mtime);
      }),
    );
  }

  space(): FreeSpace {
    return attempt(() => {
      const { bsize, blocks, bavail, files, ffree } = statfsSync(`${this.#directories.path([])}/.`);
      return { blockSize: bsize, blocks, freeBlocks: bavail, files, freeFiles: ffree };
    });
  }

  close(): void {
    this.#directories.close();
  }

  #try<T>(names: Names, act: () => T): T {
    return attempt(() => {
      checkNames(names);
      return act();
    });
  }

  #path(names: Names): string {
    const { parent, name } = splitNames(names);
    return `${this.#directories.path(parent)}/${name}`;
  }

  /** Walking to the second may close handles of the first, when there are very many. */
  #paths(first: Names, second: Names): readonly [string, string] {
    this.#path(first);
    const to = this.#path(second);
    const from = this.#path(first);
    return [from, to];
  }

  #status(names: Names): FileStatus {
    if (names.length === 0) return statusOf(fstatSync(this.#directories.rootFd, { bigint: true }));
    return statusOf(lstatSync(this.#path(names), { bigint: true }));
  }

  #setMode(names: Names, mode: number): void {
    this.#withHandle(names, (handle, { kind }) => {
      if (kind === 'symlink') throw new Errno('EOPNOTSUPP');
      if (kind === 'other') throw new Errno('EPERM');
      chmodSync(handle, kind === 'file' ? withoutSetId(mode) : mode & 0o7777);
    });
  }

  /** Calls that follow links are made on a handle of the file itself, never on its name. */
  #withHandle(names: Names, act: (handle: string, status: FileStatus) => void): void {
    const path = names.length === 0 ? `${this.#directories.path([])}/.` : this.#path(names);
    const fd = openSync(path, O_PATH | O_NOFOLLOW);
    try {
      act(`/proc/self/fd/${fd}`, statusOf(fstatSync(fd, { bigint: true })));
    } finally {
      closeSync(fd);
    }
  }

  /** Disks without modes refuse them; what was made is there all the same. */
  #unlessRefused(act: () => void): void {
    try {
      act();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EPERM' && code !== 'EOPNOTSUPP') throw error;
    }
  }
}
