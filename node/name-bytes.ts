/**
 * File names as text. On Linux a name is any bytes, and usually UTF-8. Bytes that aren't are written as lone surrogates,
 * U+DC80 to U+DCFF for 0x80 to 0xFF, which no valid text contains: the name can be turned back into the same bytes.
 * Valid UTF-8 stays as it is. JSON and messages between threads keep such text; UTF-8 can't, so never write it raw.
 */

// A byte order mark at the start is part of the name.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lone = /\p{Cs}/u;
const loneRun = /(\p{Cs}+)/u;
/** How many bytes the character that starts with this byte has */
const lengthAt = (byte: number): number => (byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4);

const decoded = (bytes: Uint8Array): string | null => {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
};

/** The text of a name; every name has one, and no two have the same. */
export function nameFromBytes(bytes: Uint8Array): string {
  const whole = decoded(bytes);
  if (whole !== null) return whole;
  let name = '';
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at] ?? 0;
    const character = decoded(bytes.subarray(at, at + lengthAt(byte)));
    name += character ?? String.fromCharCode(0xdc00 + byte);
    at += character === null ? 1 : lengthAt(byte);
  }
  return name;
}

/** The bytes of a name; `null` for text that no name has. */
export function bytesFromName(name: string): Buffer | null {
  if (!lone.test(name)) return Buffer.from(name, 'utf8');
  const bytes = Buffer.concat(
    name.split(loneRun).map((part, index) => (index % 2 === 0 ? Buffer.from(part, 'utf8') : escapedBytes(part))),
  );
  // Only one text stands for these bytes: others would be a second name of the same file.
  return nameFromBytes(bytes) === name ? bytes : null;
}

/** Other surrogates than those of `nameFromBytes` give another byte, which the comparison finds. */
const escapedBytes = (run: string): Buffer =>
  Buffer.from(Array.from({ length: run.length }, (_, at) => run.charCodeAt(at) & 0xff));

/** Whether a name has bytes that aren't UTF-8. */
export const isRawName = (name: string): boolean => lone.test(name);
