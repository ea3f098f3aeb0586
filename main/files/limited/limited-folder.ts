/** A folder in which a task may take only so much of the disk: a layer over another, which counts what grows. */
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
import { statusIfThere } from '../status-if-there';
import { bytesOnDisk, type DiskUse } from './disk-use';
import { LimitedFile, type OpenCounts } from './limited-file';

export class LimitedFolder implements FolderFiles {
  readonly #files: FolderFiles;
  readonly #use: DiskUse;
  readonly #open: OpenCounts = new Map();

  constructor(files: FolderFiles, use: DiskUse) {
    this.#files = files;
    this.#use = use;
  }

  status(names: Names): FileStatus {
    return this.#files.status(names);
  }

  statusesIn(directory: Names, names: readonly string[]): ReadonlyArray<FileStatus | null> {
    return this.#files.statusesIn(directory, names);
  }

  list(names: Names): readonly ListedName[] {
    return this.#files.list(names);
  }

  readLink(names: Names): string {
    return this.#files.readLink(names);
  }

  openFile(names: Names, options: OpenOptions): OpenFile {
    const file = this.#files.openFile(names, options);
    return options.isWritable ? new LimitedFile(file, this.#use, this.#open) : file;
  }

  createFile(names: Names, mode: number): OpenFile {
    this.#use.checkRoom();
    return new LimitedFile(this.#files.createFile(names, mode), this.#use, this.#open);
  }

  makeDirectory(names: Names, mode: number): void {
    this.#use.checkRoom();
    this.#files.makeDirectory(names, mode);
  }

  makeSymlink(names: Names, target: string): void {
    this.#use.checkRoom();
    this.#files.makeSymlink(names, target);
  }

  makeHardLink(existing: Names, names: Names): void {
    this.#files.makeHardLink(existing, names);
  }

  removeFile(names: Names): void {
    const before = statusIfThere(this.#files, names);
    this.#files.removeFile(names);
    this.#giveBack(before);
  }

  removeDirectory(names: Names): void {
    this.#files.removeDirectory(names);
  }

  rename(from: Names, to: Names, options: RenameOptions): void {
    const replaced = options.onExisting === 'replace' ? statusIfThere(this.#files, to) : null;
    const isItself = replaced !== null && statusIfThere(this.#files, from)?.ino === replaced.ino;
    this.#files.rename(from, to, options);
    if (!isItself) this.#giveBack(replaced);
  }

  setMode(names: Names, mode: number): void {
    this.#files.setMode(names, mode);
  }

  setTimes(names: Names, times: FileTimes): void {
    this.#files.setTimes(names, times);
  }

  /** What the task may still take, where that is less than what is free. */
  space(): FreeSpace {
    const space = this.#files.space();
    return { ...space, freeBlocks: Math.min(space.freeBlocks, Math.floor(this.#use.left / space.blockSize)) };
  }

  close(): void {
    this.#files.close();
  }

  /** One that is open to be written goes when it is closed; another name keeps it on the disk. */
  #giveBack(gone: FileStatus | null): void {
    if (gone?.kind === 'file' && gone.links === 1 && !this.#open.has(gone.ino)) this.#use.add(-bytesOnDisk(gone));
  }
}
