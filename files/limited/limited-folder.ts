/** A folder in which a task may use only so much disk space: a layer that counts what grows. */
import type {
  FileStatus,
  FolderFiles,
  FreeSpace,
  Names,
  OpenFile,
  OpenOptions,
  RenameOptions,
} from '../folder/folder-files';
import { FolderLayer } from '../folder/folder-layer';
import { statusIfThere } from '../folder/status-if-there';
import { bytesOnDisk, type DiskUse } from './disk-use';
import { LimitedFile, type OpenCounts } from './limited-file';

export class LimitedFolder extends FolderLayer {
  readonly #use: DiskUse;
  readonly #open: OpenCounts = new Map();

  constructor(files: FolderFiles, use: DiskUse) {
    super(files);
    this.#use = use;
  }

  override openFile(names: Names, options: OpenOptions): OpenFile {
    const file = super.openFile(names, options);
    return options.isWritable ? new LimitedFile(file, this.#use, this.#open) : file;
  }

  override createFile(names: Names, mode: number): OpenFile {
    this.#use.checkRoom();
    return new LimitedFile(super.createFile(names, mode), this.#use, this.#open);
  }

  override makeDirectory(names: Names, mode: number): void {
    this.#use.checkRoom();
    super.makeDirectory(names, mode);
  }

  override makeSymlink(names: Names, target: string): void {
    this.#use.checkRoom();
    super.makeSymlink(names, target);
  }

  override removeFile(names: Names): void {
    const before = statusIfThere(this.files, names);
    super.removeFile(names);
    this.#giveBack(before);
  }

  override rename(from: Names, to: Names, options: RenameOptions): void {
    const replaced = options.onExisting === 'replace' ? statusIfThere(this.files, to) : null;
    const isItself = replaced !== null && statusIfThere(this.files, from)?.ino === replaced.ino;
    super.rename(from, to, options);
    if (!isItself) this.#giveBack(replaced);
  }

  /** What the task may still use, if that is less than the free space. */
  override space(): FreeSpace {
    const space = super.space();
    return { ...space, freeBlocks: Math.min(space.freeBlocks, Math.floor(this.#use.left / space.blockSize)) };
  }

  /** A file that is open for writing is counted when it is closed; another name keeps it on the disk. */
  #giveBack(gone: FileStatus | null): void {
    if (gone?.kind === 'file' && gone.links === 1 && !this.#open.has(gone.ino)) this.#use.add(-bytesOnDisk(gone));
  }
}
