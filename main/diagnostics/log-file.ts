/** A log file that is rotated once it grows: its size is limited, and the newest lines stay. */
import { appendFile, mkdir, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { visibleText } from '../../node/visible-text';

const capBytes = 1_048_576;
const keptOld = 2;

export class LogFile {
  #queue: Promise<void> = Promise.resolve();
  #bytes: number | null = null;

  constructor(readonly path: string) {}

  /** Queues one line; a failing log never stops the work. */
  write(source: string, line: string): void {
    // Logs contain the guest's words, and people read them in a terminal. Further lines must not look like new entries.
    const shown = visibleText(line).replaceAll('\n', '\n    ');
    const text = `${new Date().toISOString()} ${source}: ${shown}\n`;
    this.#queue = this.#queue.then(() => this.#append(text)).catch(() => undefined);
  }

  /** Resolves when all queued lines are written. */
  flush(): Promise<void> {
    return this.#queue;
  }

  async #append(text: string): Promise<void> {
    if (this.#bytes === null) {
      await mkdir(dirname(this.path), { recursive: true });
      this.#bytes = await stat(this.path).then(
        ({ size }) => size,
        () => 0,
      );
    }
    if (this.#bytes > capBytes) await this.#rotate();
    await appendFile(this.path, text, { mode: 0o600 });
    this.#bytes += Buffer.byteLength(text);
  }

  async #rotate(): Promise<void> {
    for (let number = keptOld; number >= 1; number--) {
      const from = number === 1 ? this.path : `${this.path}.${number - 1}`;
      // The older file may not exist yet.
      await rename(from, `${this.path}.${number}`).catch(() => undefined);
    }
    this.#bytes = 0;
  }
}
