/** Text that others chose, such as the name of a file, written so that it shows what it is. */

/** Controls, what turns the direction of text around, and what has no width: none of it may pass unseen */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/gu;

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The text with everything that cannot be seen, or turns around what can, written out as `\u{202e}`. */
export const visibleText = (text: string): string =>
  text.replace(unseen, (found) => short[found] ?? `\\u{${(found.codePointAt(0) ?? 0).toString(16)}}`);

/** A line of a file likewise; its tabs stay. */
export const visibleLine = (text: string): string => text.split('\t').map(visibleText).join('\t');
