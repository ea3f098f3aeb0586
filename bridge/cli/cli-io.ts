/** What the commands need of the world, so that tests can give another. */

export interface CliIo {
  /** The text of a file, `null` when it is not there. */
  readText(path: string): Promise<string | null>;
  writeText(path: string, text: string): Promise<void>;
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
