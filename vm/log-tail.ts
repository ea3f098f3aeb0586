/** The last lines of a stream of text. */

const keptLines = 40;
const keptLineCharacters = 400;

export class LogTail {
  #lines: string[] = [];
  #rest = '';

  /** `onLine` gets each finished line, cut to a maximum length. */
  constructor(private readonly onLine: (line: string) => void = () => undefined) {}

  push(text: string): void {
    const parts = (this.#rest + text).split('\n');
    this.#rest = (parts.pop() ?? '').slice(-keptLineCharacters);
    for (const part of parts) this.#add(part.replace(/\r$/, '').slice(0, keptLineCharacters));
  }

  get lines(): readonly string[] {
    return this.#rest === '' ? this.#lines : [...this.#lines, this.#rest];
  }

  #add(line: string): void {
    this.#lines = [...this.#lines, line].slice(-keptLines);
    this.onLine(line);
  }
}
