/** Requests about open files: OPEN, CREATE, READ, WRITE, FSYNC, RELEASE. */
import { Errno, errnoOf } from '../../folder/errno';
import type { FileStatus, OpenFile } from '../../folder/folder-files';
import { maxWriteBytes, openFlag, openReply } from '../fuse-protocol';
import { entryBody, openBody, writeBody } from '../fuse-replies';
import { readCreate, readRead, readWrite } from '../fuse-requests';
import type { FileNode, OpenHandle } from '../nodes';
import { checkAccess, right } from '../rights';
import { type Body, type Call, emptyBody, type Operation, type SessionContext } from '../session-context';
import { hasOtherContent, mayHaveOtherContent } from '../stale-content';
import {
  checkWritable,
  childNames,
  childNode,
  closedOnError,
  entryOf,
  fileNode,
  onItself,
  writableDirectory,
} from './entries';
import { gated, gatedContent } from './gated';

const isForWriting = (flags: number): boolean => (flags & openFlag.accessMode) !== 0;

/**
 * The flags in the answer to an open. On `ESTALE` the kernel looks the name up again, but only once. If the file is
 * another one again by then, somebody writes to it constantly, and the kernel's cache doesn't matter.
 * @throws Errno `ESTALE`
 */
function openFlags(context: SessionContext, node: FileNode, status: FileStatus): number {
  const isSame = context.nodes.isSame(node, status);
  if (isSame && !hasOtherContent(node.told, status)) {
    const keepsCache = !mayHaveOtherContent(node.told, status);
    node.told = status;
    return keepsCache ? openReply.keepsCache : 0;
  }
  const place = node.places.at(-1);
  if (place && context.retries.isAgain(place)) return openReply.direct;
  if (isSame) context.nodes.renew(node);
  throw new Errno('ESTALE');
}

/** What a handle changed was done by the guest. */
export function tell(handle: OpenHandle): void {
  handle.node.told = handle.file.status();
}

export const open: Operation = (context, call) => {
  const flags = call.body.u32();
  const node = fileNode(context, call.header.nodeId);
  if (isForWriting(flags)) checkWritable(node);
  context.handles.checkRoom(node.binding.taskId);
  const file = onItself(() =>
    node.binding.files.openFile(context.nodes.names(node), { isWritable: isForWriting(flags) }),
  );
  const { handle, answer } = closedOnError(file, () => ({
    answer: openFlags(context, node, permitted(call, flags, file.status())),
    handle: context.handles.add(node, file, isForWriting(flags), { kind: 'unknown' }),
  }));
  return truncated(context, call, handle, flags, () => openBody(handle.id, answer));
};

/** Reading, writing or both. @throws Errno `EACCES` */
function permitted({ header }: Call, flags: number, status: FileStatus): FileStatus {
  const mode = flags & openFlag.accessMode;
  checkAccess(header, status, mode === 0 ? right.read : mode === 1 ? right.write : right.read | right.write);
  return status;
}

/** For O_TRUNC. When it is refused, the handle is closed. */
function truncated(
  context: SessionContext,
  call: Call,
  handle: OpenHandle,
  flags: number,
  body: () => Body,
): Body | Promise<Body> {
  if ((flags & openFlag.truncate) === 0 || !handle.isWritable) return body();
  const release = (error: unknown): never => {
    context.handles.release(handle.id);
    throw error;
  };
  try {
    const done = gatedContent(context, call, handle, () => {
      handle.file.setSize(0);
      tell(handle);
      return body();
    });
    return done instanceof Promise ? done.catch(release) : done;
  } catch (error) {
    return release(error);
  }
}

export const create: Operation = (context, call) => {
  const { flags, mode, name } = readCreate(call.body);
  const parent = writableDirectory(context, call.header.nodeId, call.header);
  context.handles.checkRoom(parent.binding.taskId);
  return gated(
    context,
    call,
    parent,
    () => ({ kind: 'create', names: childNames(context, parent, name), status: null }),
    (): Body | Promise<Body> => {
      const { file, isNew } = createdOrOpened(context, parent, name, { flags, mode });
      const { entry, handle } = closedOnError(file, () => {
        const status = file.status();
        context.watches.expect(parent);
        const node = childNode(context, parent, name, status);
        node.told = status;
        const content = { kind: isNew ? ('given' as const) : ('unknown' as const) };
        return { handle: context.handles.add(node, file, true, content), entry: entryOf(context, node, status) };
      });
      const body = (): Body => Buffer.concat([entryBody(entry), openBody(handle.id, 0)]);
      return isNew ? body() : truncated(context, call, handle, flags, body);
    },
  );
};

/** The kernel asks to create what it believes is missing; somebody else may have just created it. */
function createdOrOpened(
  context: SessionContext,
  { binding, ...parent }: FileNode,
  name: string,
  { flags, mode }: { readonly flags: number; readonly mode: number },
): { readonly file: OpenFile; readonly isNew: boolean } {
  const names = childNames(context, { binding, ...parent }, name);
  try {
    return { file: binding.files.createFile(names, mode & 0o7777), isNew: true };
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST' || (flags & openFlag.exclusive) !== 0) throw error;
    return { file: binding.files.openFile(names, { isWritable: true }), isNew: false };
  }
}

export const read: Operation = (context, { body }) => {
  const { handle, offset, size } = readRead(body);
  const bytes = Buffer.allocUnsafe(Math.min(size, maxWriteBytes));
  return bytes.subarray(0, context.handles.get(handle).file.read(bytes, offset));
};

export const write: Operation = (context, call) => {
  const { handle: id, offset, bytes } = readWrite(call.body);
  const handle = context.handles.get(id);
  if (!handle.isWritable) throw new Errno('EBADF');
  return gatedContent(context, call, handle, () => {
    try {
      context.handles.get(id).file.write(bytes, offset);
    } finally {
      // On a full disk, part of it may have been written.
      tell(handle);
    }
    return writeBody(bytes.length);
  });
};

export const fsync: Operation = async (context, { body }) => {
  await context.handles.get(body.number()).file.sync();
  return emptyBody;
};

export const release: Operation = (context, { body }) => {
  context.handles.release(body.number());
  return emptyBody;
};
