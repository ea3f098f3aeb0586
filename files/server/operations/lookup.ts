/** LOOKUP, FORGET and BATCH_FORGET. */
import { Errno, errnoOf } from '../../folder/errno';
import { type Entry, entryBody } from '../fuse-replies';
import { readBatchForget } from '../fuse-requests';
import type { FileNode, VirtualNode } from '../nodes';
import { checkAccess, right } from '../rights';
import type { Operation, SessionContext } from '../session-context';
import { statusIfThere } from '../../folder/status-if-there';
import { childEntry, directory, entryOf, noEntry, virtualEntry } from './entries';

export const lookup: Operation = (context, { header, body }) => {
  const parent = context.nodes.get(header.nodeId);
  const name = body.name();
  if (parent.type !== 'file') return entryBody(lookUpVirtual(context, parent, name));
  const found = directory(context, parent.id);
  checkAccess(header, found.told, right.execute);
  return entryBody(entryOrNone(context, found, name));
};

/** Missing names are cached too: programs look for the same ones again and again. */
function entryOrNone(context: SessionContext, parent: FileNode, name: string): Entry {
  try {
    return childEntry(context, parent, name);
  } catch (error) {
    const code = errnoOf(error);
    if (code === 'ENOENT' && context.watches.covers(parent)) return noEntry(context, parent);
    if (code === 'ESTALE' && isFreeInReplaced(context, parent, name)) return unbelieved(noEntry(context, parent));
    throw error;
  }
}

/**
 * For a directory that somebody just replaced without the kernel knowing. On `ESTALE` the kernel looks up the directory
 * again, but not when it is about to create the name (`filename_create` of Linux). It then retries the creation.
 */
function isFreeInReplaced({ nodes }: SessionContext, parent: FileNode, name: string): boolean {
  try {
    return statusIfThere(parent.binding.files, [...nodes.lostNames(parent), name]) === null;
  } catch {
    return false;
  }
}

const unbelieved = (entry: Entry): Entry => ({ ...entry, entrySeconds: 0 });

/** A task below the root, a folder below a task. @throws Errno `ENOENT` */
export function lookUpVirtual(context: SessionContext, parent: VirtualNode, name: string): Entry {
  if (parent.type === 'root') {
    if (!context.bindings.has(name)) throw new Errno('ENOENT');
    return virtualEntry(context, context.nodes.task(name));
  }
  const binding = context.bindings.get(parent.taskId, name);
  if (!binding) throw new Errno('ENOENT');
  const status = binding.files.status([]);
  return entryOf(context, context.nodes.file(binding, { parent: null, name }, status), status);
}

export const forget: Operation = (context, { header, body }) => {
  forgetNode(context, header.nodeId, body.u64());
  return null;
};

export const batchForget: Operation = (context, { body }) => {
  for (const { nodeId, count } of readBatchForget(body)) forgetNode(context, nodeId, count);
  return null;
};

function forgetNode(context: SessionContext, nodeId: number, count: bigint): void {
  const node = context.nodes.forget(nodeId, count);
  if (!node) return;
  context.listings.forget(nodeId);
  if (node.type === 'file') context.watches.forget(node);
}
