/** Which names the guest may ask a folder for. All others are refused before any system call. */
import { bytesFromName, nameFromBytes } from '../../node/name-bytes';
import { Errno } from '../folder/errno';
import type { Names } from '../folder/folder-files';

const maxNameBytes = 255;
/** Deeper trees have no honest use, and the person could hardly delete them. */
const maxDepth = 256;
// eslint-disable-next-line no-control-regex -- the range of ASCII starts there
const ascii = /^[\x01-\x7f]*$/;

/** A name as text, see `node/name-bytes.ts`. @throws Errno as `checkName` does */
export function decodeName(bytes: Uint8Array): string {
  const name = nameFromBytes(bytes);
  checkName(name);
  return name;
}

/** The bytes of a name or of a link's target. @throws Errno `EILSEQ` for text that no name has */
export function encodeName(name: string): Buffer {
  const bytes = bytesFromName(name);
  if (!bytes) throw new Errno('EILSEQ');
  return bytes;
}

/** @throws Errno `EINVAL`, `ENAMETOOLONG`, `EILSEQ` for a name that no folder entry can have */
export function checkName(name: string): void {
  if (name === '' || name === '.' || name === '..') throw new Errno('EINVAL');
  if (name.includes('/') || name.includes('\0')) throw new Errno('EINVAL');
  if (ascii.test(name)) {
    if (name.length > maxNameBytes) throw new Errno('ENAMETOOLONG');
    return;
  }
  if (encodeName(name).length > maxNameBytes) throw new Errno('ENAMETOOLONG');
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
