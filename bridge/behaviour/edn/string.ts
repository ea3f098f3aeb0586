/** String literals of the EDN subset. */
import { quoted } from '../source/suggest';
import { fail, type Cursor } from './source';

const escapes: Readonly<Record<string, string>> = {
  t: '\t',
  r: '\r',
  n: '\n',
  b: '\b',
  f: '\f',
  '\\': '\\',
  '"': '"',
};

function readCodeUnit(cursor: Cursor): string {
  const at = cursor.at;
  let digits = '';
  while (digits.length < 4 && /^[0-9a-fA-F]$/.test(cursor.peek())) digits += cursor.take();
  if (digits.length < 4) fail(cursor.source, at, 'expected four hexadecimal digits after \\u');
  return String.fromCharCode(Number.parseInt(digits, 16));
}

function readEscape(cursor: Cursor): string {
  const at = cursor.at;
  cursor.take();
  const letter = cursor.take();
  if (letter === 'u') return readCodeUnit(cursor);
  const value = escapes[letter];
  if (value !== undefined) return value;
  if (letter === '') fail(cursor.source, at, 'the string isn\'t closed: expected "');
  const hint = /^[sSwWdDpP.*+?()[\]{}|^$B]$/.test(letter)
    ? `; a regular expression is written "\\\\${letter}" here`
    : '';
  return fail(cursor.source, at, `unknown escape ${quoted(`\\${letter}`)} in a string${hint}`);
}

/** Reads from the opening quote to the closing one. @throws BehaviourError */
export function readString(cursor: Cursor): string {
  const start = cursor.at;
  cursor.take();
  let value = '';
  for (;;) {
    const next = cursor.peek();
    if (next === '') fail(cursor.source, start, 'the string that starts here isn\'t closed: expected "');
    if (next === '"') break;
    value += next === '\\' ? readEscape(cursor) : cursor.take();
  }
  cursor.take();
  // Text leaves this process as UTF-8, which can't represent half a surrogate pair.
  if (/[\ud800-\udfff]/u.test(value))
    fail(cursor.source, start, 'the string contains half of a surrogate pair (\\uD800 to \\uDFFF)');
  return value;
}
