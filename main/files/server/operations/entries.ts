/** Finding a name in a directory and telling the kernel of it. */
import { Errno, errnoOf } from '../../errno';
import type { FileStatus, Names } from '../../folder-files';
import { attributesOf, virtualAttributes } from '../attributes';
import type { Entry } from '../fuse-replies';
import type { FileNode, VirtualNode } from '../node-table';
import type { SessionContext } from '../session-context';
import { hasOtherContent } from '../told';

export const secondsOf = (context: SessionContext, node: FileNode): number =>
  node.binding.cacheSeconds ?? context.cacheSeconds;

/** @throws Errno `EROFS` above the folders, `ENOTDIR` for anything that holds no names */
export function directory(context: SessionContext, id: number): FileNode {
  const node = context.nodes.get(id);
  if (node.type !== 'file') throw new Errno('EROFS');
  if (node.kind !== 'directory') throw new Errno('ENOTDIR');
  return node;
}

/** @throws Errno `EROFS` */
export function writableDirectory(context: SessionContext, id: number): FileNode {
  const node = directory(context, id);
  checkWritable(node);
  return node;
}

/** @throws Errno `EROFS` */
export function checkWritable(node: FileNode): void {
  if (!node.binding.isWritable) throw new Errno('EROFS');
}

/** @throws Errno `EISDIR` for what stands above the folders */
export function fileNode(context: SessionContext, id: number): FileNode {
  const node = context.nodes.get(id);
  if (node.type !== 'file') throw new Errno('EISDIR');
  return node;
}

/**
 * For calls on a node itself: when its name is gone the kernel has to look it up again, and does so upon `ESTALE`; it
 * would tell the program of an `ENOENT`, which is wrong for one that wants to make the file.
 */
export function onItself<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    const code = errnoOf(error);
    throw new Errno(code === 'ENOENT' || code === 'ENOTDIR' ? 'ESTALE' : code);
  }
}

export const childNames = (context: SessionContext, parent: FileNode, name: string): Names => [
  ...context.nodes.names(parent),
  name,
];

/** The node of a name, and another than before when somebody else wrote the file. */
export function childNode(context: SessionContext, parent: FileNode, name: string, status: FileStatus): FileNode {
  const place = { parent, name };
  const node = context.nodes.file(parent.binding, place, status);
  if (!hasOtherContent(node.told, status)) return node;
  context.nodes.renew(node);
  return context.nodes.file(parent.binding, place, status);
}

/** Counts as one more time that the kernel was told of the node. */
export function entryOf(context: SessionContext, node: FileNode, status: FileStatus): Entry {
  const seconds = secondsOf(context, node);
  node.lookups += 1n;
  return {
    nodeId: node.id,
    generation: context.nodes.generation,
    entrySeconds: seconds,
    attributeSeconds: seconds,
    attributes: attributesOf(status, context),
  };
}

export function childEntry(context: SessionContext, parent: FileNode, name: string): Entry {
  const status = parent.binding.files.status(childNames(context, parent, name));
  return entryOf(context, childNode(context, parent, name, status), status);
}

/** Names above the folders come and go with notifications; attributes are asked for each time. */
export function virtualEntry(context: SessionContext, node: VirtualNode): Entry {
  node.lookups += 1n;
  return {
    nodeId: node.id,
    generation: context.nodes.generation,
    entrySeconds: context.cacheSeconds,
    attributeSeconds: 0,
    attributes: virtualAttributes(node, context.bindings.changedNs, context),
  };
}
