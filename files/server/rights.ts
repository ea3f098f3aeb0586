/**
 * Rights by a file's mode, as a kernel checks them for the owner: every file is shown as the agent's. The guest's kernel
 * could do it (`default_permissions`), but then asks for attributes three more times per small file. Here, what is known
 * of a directory costs nothing; the host's system checks everything again, except for root.
 */
import { Errno } from '../folder/errno';
import type { FileStatus } from '../folder/folder-files';

/** As in access(2) */
export const right = { execute: 1, write: 2, read: 4 } as const;

interface Caller {
  readonly uid: number;
}

/** Root may everything, except run what nobody may run. */
export function mayAccess({ uid }: Caller, { kind, mode }: Pick<FileStatus, 'kind' | 'mode'>, rights: number): boolean {
  if (kind === 'symlink') return true;
  if (uid === 0) return (rights & right.execute) === 0 || kind === 'directory' || (mode & 0o111) !== 0;
  return ((mode >> 6) & rights) === rights;
}

/** @throws Errno `EACCES` */
export function checkAccess(caller: Caller, status: Pick<FileStatus, 'kind' | 'mode'>, rights: number): void {
  if (!mayAccess(caller, status, rights)) throw new Errno('EACCES');
}
