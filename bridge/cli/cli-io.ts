/** What the commands need from their environment, so that tests can replace it. */
import type { FolderLook } from '../guard/folder-look';

export interface CliIo {
  /** The text of a file, `null` when it isn't there; `-` is standard input. */
  readText(path: string): Promise<string | null>;
  writeText(path: string, text: string): Promise<void>;
  writeBytes(path: string, bytes: Uint8Array): Promise<void>;
  /** Makes a path from the command line absolute. */
  absolute(path: string): string;
  /** Reads folders, to see what a command would touch. */
  readonly look: FolderLook;
  /** One line of the result. */
  print(line: string): void;
  /** One line about what went wrong. */
  complain(line: string): void;
}

/** Words that don't form a command; the message says what is expected. */
export class CliUsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CliUsageError';
  }
}
