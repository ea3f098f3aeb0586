/**
 * Makes text from a model, a program, a server or a file name safe to display: without terminal control characters,
 * changes of direction, or invisible characters.
 */

/** Scripts whose words need the two joiners */
const joiningScripts = 'Arab Syrc Mong Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Khmr Mymr'
  .split(' ')
  .map((script) => `\\p{Script=${script}}`)
  .join('');
/** Joiners and variants where they belong: inside an emoji, and after a letter of those scripts */
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
/** A byte of a file name that isn't UTF-8, see `name-bytes.ts` */
const rawByte = /[\udc80-\udcff]/;
const shownCharacter = (found: string): string =>
  rawByte.test(found) && found.length === 1 ? `\\x${(found.charCodeAt(0) & 0xff).toString(16)}` : mark;

/**
 * Text on one line, with a mark for each control or invisible character, including line ends. Bytes of a name that
 * aren't text are written out, as `\xe9`.
 */
export const visibleLine = (text: string): string => text.replace(unseenOnLine, shownCharacter);

/** The same for a text of several lines. `before` is what was in front of it. */
export function visibleText(text: string, before = ''): string {
  // Its replacement depends on the character before it.
  const context = Array.from(before.slice(-2)).at(-1) ?? '';
  const shown = `${context}${text.replaceAll('\r\n', '\n')}`.replace(unseenInText, mark);
  return shown.slice(context.replace(unseenInText, mark).length);
}

const escapeUnits = (text: string): string =>
  Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');

/** A value as equivalent JSON, with escapes for all control and invisible characters. */
export const visibleJson = (value: unknown, indent?: number): string =>
  JSON.stringify(value, null, indent).replace(unseenInJson, escapeUnits);
