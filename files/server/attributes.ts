/** File attributes as the guest sees them: every file belongs to one person. */
import type { FileStatus } from '../folder/folder-files';
import { fileType, rootNodeId } from './fuse-protocol';
import type { Attributes } from './fuse-replies';
import type { VirtualNode } from './nodes';

interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** Type bits, as in a mode */
export const typeOf = ({ kind, special }: Pick<FileStatus, 'kind' | 'special'>): number => fileType[special ?? kind];

/** Inodes are the disk's own; those of a second disk are offset so that they don't collide. */
export const inoOf = ({ ino, dev }: FileStatus): bigint => BigInt.asUintN(64, ino ^ (dev << 40n));

export const attributesOf = (status: FileStatus, { uid, gid }: Owner): Attributes => ({
  ino: inoOf(status),
  size: status.size,
  blocks: status.blocks,
  atimeNs: status.atimeNs,
  mtimeNs: status.mtimeNs,
  ctimeNs: status.ctimeNs,
  mode: typeOf(status) | status.mode,
  links: status.links,
  uid,
  gid,
});

export const virtualIno = (nodeId: number): bigint => (nodeId === rootNodeId ? 1n : (1n << 63n) | BigInt(nodeId));

/**
 * The directories above the folders: they can be entered and listed. Their access time is now: the guest sets its clock
 * by it (`system-calls.py`).
 */
export const virtualAttributes = (node: VirtualNode, changedNs: bigint, { uid, gid }: Owner): Attributes => ({
  ino: virtualIno(node.id),
  size: 0,
  blocks: 0,
  atimeNs: BigInt(Date.now()) * 1_000_000n,
  mtimeNs: changedNs,
  ctimeNs: changedNs,
  mode: fileType.directory | 0o555,
  links: 2,
  uid,
  gid,
});
