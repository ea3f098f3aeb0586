/** READDIR and READDIRPLUS. */
import { Errno } from '../../folder/errno';
import { typeOf, virtualIno } from '../attributes';
import { DirectoryReply } from '../directory-reply';
import { maxWriteBytes } from '../fuse-protocol';
import type { Entry } from '../fuse-replies';
import { readRead } from '../fuse-requests';
import type { ListedName } from '../../folder/folder-files';
import type { Node } from '../nodes';
import { checkAccess, right } from '../rights';
import type { Operation, SessionContext } from '../session-context';
import { childNode, entryOf, onItself } from './entries';
import { lookUpVirtual } from './lookup';

const directoryKind = (name: string) => ({ name, kind: 'directory' as const });

function namesIn(context: SessionContext, node: Node): readonly ListedName[] {
  if (node.type === 'root') return context.bindings.taskIds().map(directoryKind);
  if (node.type === 'task') return context.bindings.areas(node.taskId).map(directoryKind);
  if (node.kind !== 'directory') throw new Errno('ENOTDIR');
  if (node.isRemoved) return [];
  context.watches.ensure(node);
  return onItself(() => node.binding.files.list(context.nodes.names(node)));
}

type Looked = Entry | 'gone' | null;
const isDots = ({ name }: { readonly name: string }): boolean => name === '.' || name === '..';

/** The answer of a lookup for each name: `gone` when it no longer exists, `null` to let the kernel ask itself. */
function look(context: SessionContext, node: Node, names: readonly string[]): readonly Looked[] {
  if (context.nodes.size + names.length > context.maxNodes) return names.map(() => null);
  try {
    if (node.type !== 'file') return names.map((name) => lookUpVirtual(context, node, name));
    const statuses = node.binding.files.statusesIn(context.nodes.names(node), names);
    return names.map((name, index) => {
      const status = statuses[index];
      return status ? entryOf(context, childNode(context, node, name, status), status) : 'gone';
    });
  } catch {
    return names.map(() => null);
  }
}

const readNames =
  (hasAttributes: boolean): Operation =>
  (context, { header, body }) => {
    const node = context.nodes.get(header.nodeId);
    if (node.type === 'file') checkAccess(header, node.told, right.read);
    const { offset, size } = readRead(body);
    const reply = new DirectoryReply(Math.min(size, maxWriteBytes), hasAttributes);
    const listed = reply.fitting(context.listings.after(node.id, offset, () => namesIn(context, node)));
    const wanted = hasAttributes ? listed.filter((entry) => !isDots(entry)).map(({ name }) => name) : [];
    const looked = new Map<string, Looked>(
      look(context, node, wanted).map((each, index) => [wanted[index] ?? '', each]),
    );
    for (const { offset: nextOffset, ...entry } of listed) {
      const { name } = entry;
      const found = looked.get(name) ?? null;
      if (found === 'gone') continue;
      // 0 would mean a removed name.
      const ino = found?.attributes.ino ?? virtualIno(node.id);
      reply.add({ name, ino, type: typeOf(entry), nextOffset }, found);
    }
    return reply.body;
  };

export const readdir = readNames(false);
export const readdirplus = readNames(true);
