/** A text with its name, and a cursor over its characters that tracks line and column. */
import { BehaviourError, type Position, type Problem } from '../source/problem';

/** A file as it was read; errors carry the name in `file`. */
export interface Source {
  readonly file: string;
  readonly text: string;
}

/** Maximum bytes of one file, 256 KiB. */
export const mostSourceBytes = 256 * 1024;

/** Maximum nesting of collections. */
export const deepestNesting = 64;

/** Maximum forms in one file, including comments. */
export const mostForms = 50_000;

/** Stops reading with one problem. */
export function fail(source: Source, at: Position, message: string): never {
  const problem: Problem = { file: source.file, line: at.line, column: at.column, message };
  throw new BehaviourError([problem]);
}

/** Reads a text by whole characters, never by half of a surrogate pair. */
export class Cursor {
  private offset = 0;
  private line = 1;
  private column = 1;

  constructor(readonly source: Source) {
    // Skip a byte-order mark.
    if (source.text.startsWith('\uFEFF')) this.offset = 1;
  }

  get at(): Position {
    return { line: this.line, column: this.column };
  }

  get index(): number {
    return this.offset;
  }

  /** The next character, or `''` at the end. */
  peek(): string {
    const code = this.source.text.codePointAt(this.offset);
    return code === undefined ? '' : String.fromCodePoint(code);
  }

  take(): string {
    const character = this.peek();
    this.offset += character.length;
    if (character === '\n') {
      this.line += 1;
      this.column = 1;
    } else if (character !== '') this.column += 1;
    return character;
  }

  takeWhile(holds: (character: string) => boolean): string {
    const start = this.offset;
    for (let next = this.peek(); next !== '' && holds(next); next = this.peek()) this.take();
    return this.source.text.slice(start, this.offset);
  }
}
