/** How a folder turns names into paths that lead nowhere else: by handles on Linux, by checks elsewhere. */
import type { FileKind, Names } from '../folder/folder-files';

export interface SafePaths {
  /** @throws Errno for names that the host cannot hold, or that mean something else there */
  check(names: Names): void;
  /** Of a name, whose directory was walked to; the name itself may be a link, which the caller does not follow */
  entry(names: Names): string;
  /** Of a directory itself */
  directory(names: Names): string;
  /** Of the system, beside those that keep the last name from being followed */
  readonly openFlags: number;
  /** After an opening by `entry`. @throws Errno `ELOOP` when another file was opened than the names lead to */
  verify(names: Names, fd: number): void;
  /** Calls `act` with a path on which calls that follow links reach the thing itself */
  pinned(names: Names, act: (path: string, kind: FileKind) => void): void;
  /** The name leads elsewhere by now */
  drop(names: Names): void;
  /** The call is over: its paths are used no more */
  settle(): void;
  /** Whether links may be made: on some systems they need rights, or lead out */
  readonly canLink: boolean;
  close(): void;
}
