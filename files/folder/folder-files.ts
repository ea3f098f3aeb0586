/**
 * A folder as the guest may see it. Every call names a file by the names from the folder's root, and nothing outside
 * can be reached, whatever links or races there are.
 *
 * Layers of one interface build on each other: the confined folder of the host, an overlay, the journal. A layer adds
 * one thing and passes the rest on. Calls are synchronous: ten times cheaper than the thread pool, with no gap between
 * a check and an act. Long ones (`sync`, big reads and writes) are asynchronous.
 *
 * Every call that fails throws an `Errno` whose `code` is the system's (`ENOENT`, `EACCES`, …) and changes nothing.
 */

/** Names from the root of the folder; empty for the root itself. Never `.`, `..`, a slash or a NUL. */
export type Names = readonly string[];

export type FileKind = 'file' | 'directory' | 'symlink' | 'other';

/** Files without content through which running programs meet; they are of kind `other` */
export type SpecialKind = 'fifo' | 'socket';

export interface FileStatus {
  readonly kind: FileKind;
  /** Only of one that the guest made, see `special-folder.ts` */
  readonly special?: SpecialKind;
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
  readonly special?: SpecialKind;
}

/** Nanoseconds since the epoch. A time that is absent isn't changed. */
export interface FileTimes {
  readonly atimeNs?: bigint;
  readonly mtimeNs?: bigint;
}

export interface OpenOptions {
  readonly isWritable: boolean;
}

/** An open regular file. It stays the same file when its name is given to another. */
export interface OpenFile {
  status(): FileStatus;
  /** Number of bytes read into `target`; fewer at the end of the file */
  read(target: Uint8Array, position: number): number;
  write(bytes: Uint8Array, position: number): void;
  setSize(size: number): void;
  setMode(mode: number): void;
  setTimes(times: FileTimes): void;
  /** Resolves when everything written is on the disk */
  sync(): Promise<void>;
  close(): void;
}

export interface RenameOptions {
  /** `keep` throws `EEXIST` when the target exists */
  readonly onExisting: 'replace' | 'keep';
}

export interface FreeSpace {
  readonly blockSize: number;
  readonly blocks: number;
  readonly freeBlocks: number;
  readonly files: number;
  readonly freeFiles: number;
}

export interface FolderFiles {
  /** Of the name itself: a link isn't followed */
  status(names: Names): FileStatus;
  /** Several names of one directory, which is walked to once; `null` for a missing name */
  statusesIn(directory: Names, names: readonly string[]): ReadonlyArray<FileStatus | null>;
  list(names: Names): readonly ListedName[];
  readLink(names: Names): string;
  /** Opens a regular file. @throws Errno `ELOOP` for a link, `EPERM` for anything else that isn't a regular file */
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
  /** Releases everything it has open; no call is allowed afterwards */
  close(): void;
}
