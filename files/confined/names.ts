/** Which names the guest may ask a folder for. All others are refused before any system call. */
import { Errno } from '../folder/errno';
import type { Names } from '../folder/folder-files';

const maxNameBytes = 255;
/** Deeper trees have no honest use, and the person could hardly delete them. */
const maxDepth = 256;
// A byte order mark at the start is part of the name.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
// eslint-disable-next-line no-control-regex -- the range of ASCII starts there
const ascii = /^[\x01-\x7f]*$/;

/** Decodes a name. @throws Errno `EILSEQ` when the bytes aren't UTF-8, and as `checkName` does */
export function decodeName(bytes: Uint8Array): string {
  const name = decodeText(bytes);
  checkName(name);
  return name;
}

/** @throws Errno `EILSEQ` when the bytes aren't UTF-8 */
export function decodeText(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new Errno('EILSEQ');
  }
}

/** @throws Errno `EINVAL`, `ENAMETOOLONG`, `EILSEQ` for a name that no folder entry can have */
export function checkName(name: string): void {
  if (name === '' || name === '.' || name === '..') throw new Errno('EINVAL');
  if (name.includes('/') || name.includes('\0')) throw new Errno('EINVAL');
  if (ascii.test(name)) {
    if (name.length > maxNameBytes) throw new Errno('ENAMETOOLONG');
    return;
  }
  const bytes = Buffer.from(name, 'utf8');
  if (bytes.length > maxNameBytes) throw new Errno('ENAMETOOLONG');
  // Half of a surrogate pair would be written as another character.
  if (bytes.toString('utf8') !== name) throw new Errno('EILSEQ');
}

/** @throws Errno as `checkName` does, for the first invalid name, or when there are too many */
export function checkNames(names: Names): void {
  if (names.length > maxDepth) throw new Errno('ENAMETOOLONG');
  for (const name of names) checkName(name);
}

/** Splits off the last name. @throws Errno `EBUSY` for the root, which has no name */
export function splitNames(names: Names): { readonly parent: Names; readonly name: string } {
  const name = names.at(-1);
  if (name === undefined) throw new Errno('EBUSY');
  return { parent: names.slice(0, -1), name };
}
