/**
 * Converts JSON and URL escapes to their characters, and remembers where each was.
 *
 * JSON is often a string within JSON, so a run of backslashes counts as one. Texts here are Latin-1: one character per
 * byte.
 */
export interface Unescaped {
  readonly text: string;
  /** Where the character at `index` of `text` begins in the original; at the end of `text`, where reading ended */
  readonly rawAt: (index: number) => number;
}

const escapes = /%([0-9a-f]{2})|\\+(?:(?:u00|x)([0-9a-f]{2})|([^\\]))/gi;
/** The end of a chunk that may be half an escape */
const halfEscape = /(?:%[0-9a-f]?|\\+(?:u(?:00?[0-9a-f]?)?|x[0-9a-f]?)?)$/i;
const longestHalfEscape = 24;

/** Undoes the escapes in `data`. What may be half an escape at its end isn't read. */
export function undoEscapes(data: string): Unescaped {
  const tail = data.slice(-longestHalfEscape);
  const end = data.length - (halfEscape.exec(tail)?.[0].length ?? 0);
  const shifts: { readonly from: number; readonly by: number }[] = [];
  let text = '';
  let read = 0;
  for (const match of data.slice(0, end).matchAll(escapes)) {
    const code = match[1] ?? match[2];
    text += data.slice(read, match.index);
    text += code === undefined ? (match[3] ?? '') : String.fromCharCode(Number.parseInt(code, 16));
    read = match.index + match[0].length;
    shifts.push({ from: text.length, by: read - text.length });
  }
  text += data.slice(read, end);
  return { text, rawAt: (index) => index + (shifts.findLast(({ from }) => from <= index)?.by ?? 0) };
}
