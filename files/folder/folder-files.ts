/**
 * A folder as the guest may see it: every call names a file by the names from the folder's root, and nothing that lies
 * elsewhere can be reached by any of them, whatever links or races there are.
 *
 * Layers of one interface stand on each other: the confined folder of the host, an overlay, the journal. A layer adds
 * one thing and passes the rest on. Calls are synchronous, which is ten times cheaper than the thread pool and leaves
 * no gap between a check and an act; long ones (`sync`, big reads and writes) are not.
 *
 * Every call throws an `Errno` whose `code` is the system's (`ENOENT`, `EACCES`, …) and leaves things as they were.
 */

/** Names from the root of the folder; none stands for the root itself. Never `.`, `..`, a slash or a NUL. */
export type Names = readonly string[];

export type FileKind = 'file' | 'directory' | 'symlink' | 'other';

export interface FileStatus {
  readonly kind: FileKind;
  /** Permission bits only, `0o7777` at most */
  readonly mode: number;
  readonly size: number;
  readonly blocks: number;
  readonly links: number;
  readonly dev: bigint;
  readonly ino: bigint;
  /** Nanoseconds since the epoch */
  readonly atimeNs: bigint;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
}

export interface ListedName {
  readonly name: string;
  readonly kind: FileKind;
}

/** Nanoseconds since the epoch; one that is absent stays as it is. */
export interface FileTimes {
  readonly atimeNs?: bigint;
  readonly mtimeNs?: bigint;
}

export interface OpenOptions {
  readonly isWritable: boolean;
}

/** A regular file that is open; it stays the same file when its name goes to another. */
export interface OpenFile {
  status(): FileStatus;
  /** Bytes read into `target`, fewer at the end of the file */
  read(target: Uint8Array, position: number): number;
  write(bytes: Uint8Array, position: number): void;
  setSize(size: number): void;
  setMode(mode: number): void;
  setTimes(times: FileTimes): void;
  /** Resolves when what was written is on the disk */
  sync(): Promise<void>;
  close(): void;
}

export interface RenameOptions {
  /** `keep` throws `EEXIST` when there is something; `exchange` gives each the other's name */
  readonly onExisting: 'replace' | 'keep' | 'exchange';
}

export interface FreeSpace {
  readonly blockSize: number;
  readonly blocks: number;
  readonly freeBlocks: number;
  readonly files: number;
  readonly freeFiles: number;
}

export interface FolderFiles {
  /** Of the name itself, a link is not followed */
  status(names: Names): FileStatus;
  /** Of names in one directory, which is walked to once; `null` for what is not there */
  statusesIn(directory: Names, names: readonly string[]): ReadonlyArray<FileStatus | null>;
  list(names: Names): readonly ListedName[];
  readLink(names: Names): string;
  /** Of a regular file. @throws Errno `ELOOP` for a link, `EPERM` for anything that is no regular file */
  openFile(names: Names, options: OpenOptions): OpenFile;
  /** A new file. @throws Errno `EEXIST` */
  createFile(names: Names, mode: number): OpenFile;
  makeDirectory(names: Names, mode: number): void;
  makeSymlink(names: Names, target: string): void;
  /** Gives an existing file a second name */
  makeHardLink(existing: Names, names: Names): void;
  removeFile(names: Names): void;
  removeDirectory(names: Names): void;
  rename(from: Names, to: Names, options: RenameOptions): void;
  /** Of a file or directory. @throws Errno `EOPNOTSUPP` for a link */
  setMode(names: Names, mode: number): void;
  setTimes(names: Names, times: FileTimes): void;
  space(): FreeSpace;
  /** Lets go of what it holds open; nothing may be called after it */
  close(): void;
}
