/** Text that others chose, such as a file name, written so that it shows what it is. */

/** Control characters, characters that change text direction, and characters without width: all must be made visible */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/gu;

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function writtenOut(found: string): string {
  const code = found.codePointAt(0) ?? 0;
  // A byte of a file name that isn't text, see `node/name-bytes.ts`.
  if (code >= 0xdc80 && code <= 0xdcff) return `\\x${(code & 0xff).toString(16)}`;
  return short[found] ?? `\\u{${code.toString(16)}}`;
}

/**
 * The text with all characters that are invisible or change its direction written out as `\u{202e}`, and the bytes of
 * names that aren't text as `\xe9`.
 */
export const visibleText = (text: string): string => text.replace(unseen, writtenOut);

/** The same for a line of a file; its tabs stay. */
export const visibleLine = (text: string): string => text.split('\t').map(visibleText).join('\t');
