/** What the commands need of the world, so that tests can give another. */
import type { FolderLook } from '../guard/folder-look';

export interface CliIo {
  /** The text of a file, `null` when it is not there; `-` is standard input. */
  readText(path: string): Promise<string | null>;
  writeText(path: string, text: string): Promise<void>;
  writeBytes(path: string, bytes: Uint8Array): Promise<void>;
  /** A path as the person wrote it, from the root on. */
  absolute(path: string): string;
  /** Looks at folders, to see what a command is about to touch. */
  readonly look: FolderLook;
  /** One line of the result. */
  print(line: string): void;
  /** One line about what went wrong. */
  complain(line: string): void;
}

/** Words that make no command; the message says what is expected. */
export class CliUsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CliUsageError';
  }
}
