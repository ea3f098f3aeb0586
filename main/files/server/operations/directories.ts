/** READDIR and READDIRPLUS. */
import { Errno, errnoOf } from '../../errno';
import { typeOf, virtualIno } from '../attributes';
import { DirectoryReply } from '../directory-reply';
import { maxWriteBytes } from '../fuse-protocol';
import type { Entry } from '../fuse-replies';
import { readRead } from '../fuse-requests';
import type { NumberedName } from '../listings';
import type { Node } from '../node-table';
import type { Operation, SessionContext } from '../session-context';
import { childEntry, onItself } from './entries';
import { lookUpVirtual } from './lookup';

const directoryKind = (name: string) => ({ name, kind: 'directory' as const });

function namesIn(context: SessionContext, node: Node): readonly Pick<NumberedName, 'name' | 'kind'>[] {
  if (node.type === 'root') return context.bindings.taskIds().map(directoryKind);
  if (node.type === 'task') return context.bindings.areas(node.taskId).map(directoryKind);
  if (node.kind !== 'directory') throw new Errno('ENOTDIR');
  context.watches.ensure(node);
  return onItself(() => node.binding.files.list(context.nodes.names(node)));
}

/** What a lookup would answer; none when the name is gone by now. */
function look(context: SessionContext, node: Node, name: string): Entry | 'gone' | null {
  if (context.nodes.size >= context.maxNodes) return null;
  try {
    return node.type === 'file' ? childEntry(context, node, name) : lookUpVirtual(context, node, name);
  } catch (error) {
    return errnoOf(error) === 'ENOENT' ? 'gone' : null;
  }
}

const readNames =
  (hasAttributes: boolean): Operation =>
  (context, { header, body }) => {
    const node = context.nodes.get(header.nodeId);
    const { offset, size } = readRead(body);
    const reply = new DirectoryReply(Math.min(size, maxWriteBytes), hasAttributes);
    for (const { name, kind, offset: nextOffset } of context.listings.after(node.id, offset, () =>
      namesIn(context, node),
    )) {
      if (!reply.hasRoomFor(name)) break;
      const isDots = name === '.' || name === '..';
      const looked = hasAttributes && !isDots ? look(context, node, name) : null;
      if (looked === 'gone') continue;
      // 0 would be a name that was removed.
      const ino = looked?.attributes.ino ?? virtualIno(node.id);
      reply.add({ name, ino, type: typeOf(kind), nextOffset }, looked);
    }
    return reply.body;
  };

export const readdir = readNames(false);
export const readdirplus = readNames(true);
