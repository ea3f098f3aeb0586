/**
 * Text from a model, a program, a server or a file name, with nothing in it that acts or hides: no control characters
 * of terminals, no change of direction, nothing without a width.
 */

/** Scripts whose words need the two joiners */
const joiningScripts = 'Arab Syrc Mong Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Khmr Mymr'
  .split(' ')
  .map((script) => `\\p{Script=${script}}`)
  .join('');
/** Joiners and variants where they belong: inside an emoji, and behind a letter of those scripts */
const inPlace = [
  '(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\ufe0f])\\u200d',
  `(?<=[${joiningScripts}])[\\u200c\\u200d]`,
  '(?<=\\p{Emoji})[\\ufe0e\\ufe0f]',
].join('|');
const unseen = '[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Default_Ignorable_Code_Point}]';

const unseenOnLine = new RegExp(`(?!\\t|${inPlace})${unseen}`, 'gu');
const unseenInText = new RegExp(`(?![\\t\\n]|${inPlace})${unseen}`, 'gu');
const unseenInJson = new RegExp(`(?!\\n)${unseen}`, 'gu');

const mark = '\ufffd';

/** A text on one line, with a mark for each character that acts or hides, line ends among them. */
export const visibleLine = (text: string): string => text.replace(unseenOnLine, mark);

/** The same for a text of several lines. `before` is what was in front of it. */
export function visibleText(text: string, before = ''): string {
  // What is in its place depends on the character in front of it.
  const context = Array.from(before.slice(-2)).at(-1) ?? '';
  const shown = `${context}${text.replaceAll('\r\n', '\n')}`.replace(unseenInText, mark);
  return shown.slice(context.replace(unseenInText, mark).length);
}

const escapeUnits = (text: string): string =>
  Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');

/** A value as JSON that says the same, with escapes for all characters that act or hide. */
export const visibleJson = (value: unknown, indent?: number): string =>
  JSON.stringify(value, null, indent).replace(unseenInJson, escapeUnits);
