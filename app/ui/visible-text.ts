/** Text that others chose, such as a file name, written so that it shows what it is. */

/** Control characters, characters that change text direction, and characters without width: all must be made visible */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/gu;

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The text with all characters that are invisible or change its direction written out as `\u{202e}`. */
export const visibleText = (text: string): string =>
  text.replace(unseen, (found) => short[found] ?? `\\u{${(found.codePointAt(0) ?? 0).toString(16)}}`);

/** The same for a line of a file; its tabs stay. */
export const visibleLine = (text: string): string => text.split('\t').map(visibleText).join('\t');
