/** Errors of file systems by the names that Node and POSIX give them. */
import { constants } from 'node:os';

export type ErrnoCode = keyof typeof constants.errno;

/** What went wrong with a file; `code` is the system's name for it. */
export class Errno extends Error {
  constructor(
    readonly code: ErrnoCode,
    message: string = code,
  ) {
    super(message);
    this.name = 'Errno';
  }
}

/** The system's name of an error that came from a call of the system, `EIO` for any other. */
export function errnoOf(error: unknown): ErrnoCode {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && code in constants.errno ? (code as ErrnoCode) : 'EIO';
}
