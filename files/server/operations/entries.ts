/** Finds a name in a directory and reports it to the kernel. */
import { Errno, errnoOf } from '../../folder/errno';
import type { FileStatus, Names, OpenFile } from '../../folder/folder-files';
import { attributesOf, virtualAttributes } from '../attributes';
import type { Entry } from '../fuse-replies';
import type { FileNode, VirtualNode } from '../nodes';
import { checkAccess, right } from '../rights';
import type { Call, SessionContext } from '../session-context';
import { hasOtherContent } from '../stale-content';

const believedSeconds = (context: SessionContext, { binding }: FileNode): number =>
  binding.cacheSeconds ?? context.cacheSeconds;

/** How long the kernel may cache where a name leads: not at all in a directory that isn't watched. */
function entrySeconds(context: SessionContext, node: FileNode): number {
  const parent = node.places.at(-1)?.parent;
  const hasNews = !node.binding.watch || parent === null || (parent && context.watches.covers(parent));
  return hasNews ? believedSeconds(context, node) : 0;
}

/** How long the kernel may cache attributes. A directory's own changes are only reported when it is watched itself. */
export function attributeSeconds(context: SessionContext, node: FileNode): number {
  if (node.kind !== 'directory' || !node.binding.watch) return entrySeconds(context, node);
  return context.watches.covers(node) ? believedSeconds(context, node) : Math.min(1, believedSeconds(context, node));
}

/** @throws Errno `EROFS` above the folders, `ENOTDIR` for anything that isn't a directory */
export function directory(context: SessionContext, id: number): FileNode {
  const node = context.nodes.get(id);
  if (node.type !== 'file') throw new Errno('EROFS');
  if (node.kind !== 'directory') throw new Errno('ENOTDIR');
  context.watches.ensure(node);
  return node;
}

/** For a caller who changes names in it. @throws Errno `EROFS`, `EACCES` */
export function writableDirectory(context: SessionContext, id: number, caller: Call['header']): FileNode {
  const node = directory(context, id);
  checkWritable(node);
  checkAccess(caller, node.told, right.write | right.execute);
  return node;
}

/** @throws Errno `EROFS` */
export function checkWritable(node: FileNode): void {
  if (!node.binding.isWritable) throw new Errno('EROFS');
}

/** @throws Errno `EISDIR` for a node above the folders */
export function fileNode(context: SessionContext, id: number): FileNode {
  const node = context.nodes.get(id);
  if (node.type !== 'file') throw new Errno('EISDIR');
  return node;
}

/**
 * For calls on a node itself. When its name is gone, the kernel must look it up again, which it does on `ESTALE`. It
 * would pass `ENOENT` to the program, which is wrong for one that wants to create the file.
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

/** The node of a name; a new one when somebody else wrote the file. */
export function childNode(context: SessionContext, parent: FileNode, name: string, status: FileStatus): FileNode {
  const place = { parent, name };
  const node = context.nodes.file(parent.binding, place, status);
  if (!hasOtherContent(node.told, status)) return node;
  context.nodes.renew(node);
  return context.nodes.file(parent.binding, place, status);
}

/** Counts as one more report of the node to the kernel. */
export function entryOf(context: SessionContext, node: FileNode, status: FileStatus): Entry {
  node.lookups += 1n;
  tell(node, status);
  return {
    nodeId: node.id,
    generation: context.nodes.generation,
    entrySeconds: entrySeconds(context, node),
    attributeSeconds: attributeSeconds(context, node),
    attributes: attributesOf(status, context),
  };
}

/** For a regular file the kernel trusts only its own cache, see `hasOtherContent`. */
export function tell(node: FileNode, status: FileStatus): void {
  if (node.kind === 'directory') node.told = status;
}

/** Node 0 means that the name doesn't exist. */
export function noEntry(context: SessionContext, parent: FileNode): Entry {
  return {
    nodeId: 0,
    generation: 0,
    entrySeconds: believedSeconds(context, parent),
    attributeSeconds: 0,
    attributes: attributesOf(parent.told, context),
  };
}

export function childEntry(context: SessionContext, parent: FileNode, name: string): Entry {
  const status = parent.binding.files.status(childNames(context, parent, name));
  return entryOf(context, childNode(context, parent, name, status), status);
}

/** Names above the folders come and go by notification; attributes are asked for each time. */
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

/** For what is done with a file right after it was opened. */
export function closedOnError<T>(file: OpenFile, act: () => T): T {
  try {
    return act();
  } catch (error) {
    file.close();
    throw error;
  }
}
