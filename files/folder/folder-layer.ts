/** A layer over a folder that passes everything on. Subclasses override the one thing they add. */
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
} from './folder-files';

export class FolderLayer implements FolderFiles {
  constructor(protected readonly files: FolderFiles) {}

  status(names: Names): FileStatus {
    return this.files.status(names);
  }

  statusesIn(directory: Names, names: readonly string[]): ReadonlyArray<FileStatus | null> {
    return this.files.statusesIn(directory, names);
  }

  list(names: Names): readonly ListedName[] {
    return this.files.list(names);
  }

  readLink(names: Names): string {
    return this.files.readLink(names);
  }

  openFile(names: Names, options: OpenOptions): OpenFile {
    return this.files.openFile(names, options);
  }

  createFile(names: Names, mode: number): OpenFile {
    return this.files.createFile(names, mode);
  }

  makeDirectory(names: Names, mode: number): void {
    this.files.makeDirectory(names, mode);
  }

  makeSymlink(names: Names, target: string): void {
    this.files.makeSymlink(names, target);
  }

  makeHardLink(existing: Names, names: Names): void {
    this.files.makeHardLink(existing, names);
  }

  removeFile(names: Names): void {
    this.files.removeFile(names);
  }

  removeDirectory(names: Names): void {
    this.files.removeDirectory(names);
  }

  rename(from: Names, to: Names, options: RenameOptions): void {
    this.files.rename(from, to, options);
  }

  setMode(names: Names, mode: number): void {
    this.files.setMode(names, mode);
  }

  setTimes(names: Names, times: FileTimes): void {
    this.files.setTimes(names, times);
  }

  space(): FreeSpace {
    return this.files.space();
  }

  close(): void {
    this.files.close();
  }
}

/** For a folder that others still use: closing this layer doesn't close it. */
export class SharedFolder extends FolderLayer {
  override close(): void {
    return;
  }
}
