/** How a folder turns names into paths that can't lead elsewhere: by handles on Linux, by checks elsewhere. */
import { isRawName } from '../../node/name-bytes';
import type { FileKind, Names } from '../folder/folder-files';
import { encodeName } from './names';

/** A path for Node's calls: bytes when a name in it isn't UTF-8 */
export type SystemPath = string | Buffer;

/** A path that Node passes on with the bytes that its names stand for. */
export const systemPath = (path: string): SystemPath => (isRawName(path) ? encodeName(path) : path);

export interface SafePaths {
  /** @throws Errno for names that the host can't store, or that mean something else there */
  check(names: Names): void;
  /** Path of a name, whose directory was walked to; the name itself may be a link, which the caller doesn't follow */
  entry(names: Names): SystemPath;
  /** Path of a directory itself */
  directory(names: Names): string;
  /** Extra flags of this system, beside the one that refuses a link as the last name */
  readonly openFlags: number;
  /**
   * Call after opening a path of `entry`. @throws Errno `ELOOP` when the names lead to another file than the one opened
   */
  verify(names: Names, fd: number): void;
  /** Calls `act` with a path that is safe for calls that follow links */
  pinned(names: Names, act: (path: SystemPath, kind: FileKind) => void): void;
  /** The name now leads elsewhere */
  drop(names: Names): void;
  /** Ends the call: its paths are no longer used */
  settle(): void;
  /** Whether links may be created: some systems require rights for it, or such links could lead out */
  readonly canLink: boolean;
  close(): void;
}
