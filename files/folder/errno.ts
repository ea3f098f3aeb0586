/** File system errors, by their POSIX names. */
import { constants } from 'node:os';

export type ErrnoCode = keyof typeof constants.errno;

/** An error about a file; `code` is the system's name for it. */
export class Errno extends Error {
  constructor(
    readonly code: ErrnoCode,
    message: string = code,
  ) {
    super(message);
    this.name = 'Errno';
  }
}

/** The system's name for an error of a system call, `EIO` for any other error. */
export function errnoOf(error: unknown): ErrnoCode {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && code in constants.errno ? (code as ErrnoCode) : 'EIO';
}
