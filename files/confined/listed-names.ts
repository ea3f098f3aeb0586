/** What a directory lists. */
import type { Dirent } from 'node:fs';
import type { ListedName } from '../folder/folder-files';
import { decodeName } from './names';
import { kindOf } from './node-status';

/** Names that no folder entry can have are left out: the guest couldn't ask for them. */
export function listedNames(entries: readonly Dirent<Buffer>[]): readonly ListedName[] {
  const listed: ListedName[] = [];
  for (const entry of entries) {
    const name = nameOf(entry.name);
    if (name !== null) listed.push({ name, kind: kindOf(entry) });
  }
  return listed;
}

function nameOf(bytes: Uint8Array): string | null {
  try {
    return decodeName(bytes);
  } catch {
    // ENAMETOOLONG: some disks have longer names.
    return null;
  }
}
