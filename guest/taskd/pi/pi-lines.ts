/**
 * Lines of pi's standard output. A model, a tool or an extension chooses what is in them: a line that is too long, or
 * not UTF-8, must not end the process.
 */

/** Longest line that is read, in `bytes`: pi repeats the whole run in one line when it is over */
const lineCap = 32 * 1024 * 1024;
/** How much of a line that is too long is kept, in `bytes`: enough to know what it was */
const headBytes = 64;
const lineFeed = 0x0a;

export interface PiLine {
  readonly text: string;
  /** `text` is only its beginning */
  readonly isCut: boolean;
}

/** Cuts a byte stream into lines. */
export class PiLines {
  #parts: Buffer[] = [];
  #bytes = 0;
  #isCut = false;

  constructor(private readonly capBytes = lineCap) {}

  /** The lines that `chunk` completes. */
  push(chunk: Uint8Array): PiLine[] {
    const lines: PiLine[] = [];
    let from = 0;
    for (let at = chunk.indexOf(lineFeed); at !== -1; at = chunk.indexOf(lineFeed, from)) {
      this.#take(chunk.subarray(from, at));
      lines.push(this.#flush());
      from = at + 1;
    }
    this.#take(chunk.subarray(from));
    return lines;
  }

  #take(part: Uint8Array): void {
    if (part.length === 0 || this.#isCut) return;
    this.#bytes += part.length;
    // A copy, since the caller may fill the same buffer again before the line is whole.
    this.#parts.push(Buffer.from(part));
    this.#isCut = this.#bytes > this.capBytes;
    if (this.#isCut) this.#parts = [Buffer.from(Buffer.concat(this.#parts).subarray(0, headBytes))];
  }

  #flush(): PiLine {
    const line = { text: Buffer.concat(this.#parts).toString('utf8'), isCut: this.#isCut };
    this.#parts = [];
    this.#bytes = 0;
    this.#isCut = false;
    return line;
  }
}
