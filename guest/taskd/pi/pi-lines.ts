/**
 * Lines of pi's standard output. A model, a tool or an extension controls their content, so a line that is too long or
 * isn't UTF-8 must not end the process.
 */

/** Longest line that is read, in `bytes`: when a run is over, pi repeats all of it in one line */
const lineCap = 32 * 1024 * 1024;
/** How much of a line that is too long is kept, in `bytes`: enough to recognise it */
const headBytes = 64;
const lineFeed = 0x0a;

export interface PiLine {
  readonly text: string;
  /** `text` is only the line's beginning */
  readonly isCut: boolean;
}

/** Cuts a byte stream into lines. */
export class PiLines {
  #parts: Buffer[] = [];
  #bytes = 0;
  #isCut = false;

  constructor(private readonly capBytes = lineCap) {}

  /** Returns the lines that `chunk` completes. */
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
    // A copy, because the caller may reuse the buffer before the line is complete.
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
