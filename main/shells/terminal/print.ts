/** The one place that writes to the person's terminal: only visible text gets through. */
import { visibleJson, visibleLine, visibleText } from '../../../node/visible-text';

export interface Printer {
  /** Text of the model, as it arrives */
  text(text: string): void;
  /** Complete lines; a line end inside one doesn't start another */
  lines(...lines: readonly string[]): void;
  json(value: unknown, indent?: number): void;
}

/** Piwork's own lines begin with these, so lines of the model that do so get a space in front. */
const ownMarks = /^(?=[›!?·])/gm;

export function createPrinter(stream: NodeJS.WritableStream): Printer {
  let last = '\n';
  const write = (text: string): void => {
    if (text === '') return;
    last = text;
    stream.write(text);
  };
  return {
    text: (text) => {
      const shown = visibleText(text, last);
      const isLineStart = last.endsWith('\n');
      write(shown.replace(ownMarks, (_, at: number) => (at > 0 || isLineStart ? ' ' : '')));
    },
    lines: (...lines) => write(lines.map((line) => `${visibleLine(line)}\n`).join('')),
    json: (value, indent) => write(`${visibleJson(value, indent)}\n`),
  };
}

/** Standard output: results */
export const output = createPrinter(process.stdout);
/** Standard error: progress and problems */
export const progress = createPrinter(process.stderr);
