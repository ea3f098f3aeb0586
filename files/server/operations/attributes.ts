/** GETATTR, SETATTR, READLINK and STATFS. */
import { encodeName } from '../../confined/names';
import { Errno, errnoOf } from '../../folder/errno';
import type { FileStatus, FileTimes } from '../../folder/folder-files';
import { attributesOf, virtualAttributes } from '../attributes';
import { getattrHasHandle, setattrValid } from '../fuse-protocol';
import { attributesBody, spaceBody } from '../fuse-replies';
import { readGetattr, readSetattr, type SetattrRequest } from '../fuse-requests';
import type { FileNode, OpenHandle } from '../nodes';
import { checkAccess, right } from '../rights';
import { type Body, type Call, emptyBody, type Operation, type SessionContext } from '../session-context';
import { hasOtherContent } from '../stale-content';
import { attributeSeconds, checkWritable, fileNode, onItself, tell } from './entries';
import { gated, gatedContent } from './gated';

const bodyOf = (context: SessionContext, node: FileNode, status: FileStatus): Body =>
  attributesBody(attributesOf(status, context), attributeSeconds(context, node));

/**
 * Looks by name, or by handle when the file has lost its name. @throws Errno `ESTALE` when the name belongs to another
 * file now
 */
function currentStatus(context: SessionContext, node: FileNode, handle: OpenHandle | undefined): FileStatus {
  if (handle) return handle.file.status();
  const status = onItself(() => node.binding.files.status(context.nodes.names(node)));
  if (!context.nodes.isSame(node, status)) throw new Errno('ESTALE');
  return status;
}

const anyHandle = (node: FileNode): OpenHandle | undefined => [...node.handles].at(-1);

export const getattr: Operation = (context, { header, body }) => {
  const node = context.nodes.get(header.nodeId);
  if (node.type !== 'file') {
    return attributesBody(virtualAttributes(node, context.bindings.changedNs, context), 0);
  }
  if (node.isRemoved) return bodyOf(context, node, { ...node.told, links: 0 });
  const { flags, handle } = readGetattr(body);
  const open = (flags & getattrHasHandle) === 0 ? anyHandle(node) : context.handles.get(handle);
  const status = currentStatus(context, node, open);
  if (!open && hasOtherContent(node.told, status)) {
    // The kernel looks the name up again and finds the new node.
    context.nodes.renew(node);
    throw new Errno('ESTALE');
  }
  tell(node, status);
  return bodyOf(context, node, status);
};

/** ACCESS: for access(2) and for entering a directory. */
export const access: Operation = (context, { header, body }) => {
  const node = context.nodes.get(header.nodeId);
  const rights = body.u32();
  if (node.type !== 'file') checkAccess(header, { kind: 'directory', mode: 0o555 }, rights);
  else {
    if ((rights & right.write) !== 0) checkWritable(node);
    checkAccess(header, node.isRemoved ? node.told : currentStatus(context, node, anyHandle(node)), rights);
  }
  return emptyBody;
};

export const setattr: Operation = (context, call) => {
  const request = readSetattr(call.body);
  const node = context.nodes.get(call.header.nodeId);
  if (node.type !== 'file') throw new Errno('EROFS');
  checkWritable(node);
  checkOwner(context, request);
  const given = (request.valid & setattrValid.handle) === 0 ? undefined : context.handles.get(request.handle);
  const handle = given ?? anyHandle(node);
  if (isWrittenBack(request)) {
    if (!handle && !isStillThere(context, node)) return bodyOf(context, node, node.told);
    const status = currentStatus(context, node, handle);
    // After a program has set it, as `cp -p` does, the kernel sends the same time once more.
    if (status.mtimeNs === request.mtimeNs) return bodyOf(context, node, status);
  }
  const steps = stepsOf(request).map((step) => () => step(context, call, node, handle));
  return inTurn(steps, () => {
    const status = currentStatus(context, node, handle);
    node.told = status;
    return bodyOf(context, node, status);
  });
};

/** The kernel's own time of a change, not one that a program sets. */
const isWrittenBack = ({ valid }: SetattrRequest): boolean =>
  (valid & ~(setattrValid.ctime | setattrValid.handle)) === setattrValid.mtime;

/** A late time for a file that was removed or replaced is ignored: an error would look like one of the disk. */
function isStillThere(context: SessionContext, node: FileNode): boolean {
  try {
    currentStatus(context, node, undefined);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'ESTALE') return false;
    throw error;
  }
}

/** All files are shown as one person's; the owner can't be changed. */
function checkOwner({ uid, gid }: SessionContext, request: SetattrRequest): void {
  if ((request.valid & setattrValid.uid) !== 0 && request.uid !== uid) throw new Errno('EPERM');
  if ((request.valid & setattrValid.gid) !== 0 && request.gid !== gid) throw new Errno('EPERM');
}

type Step = (
  context: SessionContext,
  call: Call,
  node: FileNode,
  handle: OpenHandle | undefined,
) => void | Promise<void>;

function stepsOf(request: SetattrRequest): readonly Step[] {
  const { valid } = request;
  const steps: Step[] = [];
  if ((valid & setattrValid.size) !== 0) steps.push(setSize(request));
  if ((valid & setattrValid.mode) !== 0) steps.push(setMode(request.mode & 0o7777));
  const times = timesOf(request, BigInt(Date.now()) * 1_000_000n);
  if (times.atimeNs !== undefined || times.mtimeNs !== undefined) steps.push(setTimes(times));
  return steps;
}

function timesOf({ valid, atimeNs, mtimeNs }: SetattrRequest, nowNs: bigint): FileTimes {
  return {
    ...((valid & setattrValid.atime) !== 0 && { atimeNs: (valid & setattrValid.atimeNow) !== 0 ? nowNs : atimeNs }),
    ...((valid & setattrValid.mtime) !== 0 && { mtimeNs: (valid & setattrValid.mtimeNow) !== 0 ? nowNs : mtimeNs }),
  };
}

const setSize =
  ({ size }: SetattrRequest): Step =>
  (context, call, node, handle) => {
    if (size > BigInt(Number.MAX_SAFE_INTEGER)) throw new Errno('EFBIG');
    if (handle?.isWritable) return gatedContent(context, call, handle, () => handle.file.setSize(Number(size)));
    const names = () => context.nodes.names(node);
    checkAccess(call.header, node.binding.files.status(names()), right.write);
    const change = () => ({ kind: 'content' as const, names: names(), status: node.binding.files.status(names()) });
    return gated(context, call, node, change, () => {
      const file = onItself(() => node.binding.files.openFile(names(), { isWritable: true }));
      try {
        file.setSize(Number(size));
      } finally {
        file.close();
      }
    });
  };

const setMode =
  (mode: number): Step =>
  (context, call, node, handle) => {
    const names = () => context.nodes.names(node);
    const change = () => ({ kind: 'mode' as const, ...changed(context, node, handle) });
    return gated(context, call, node, change, () =>
      handle ? handle.file.setMode(mode) : node.binding.files.setMode(names(), mode),
    );
  };

const setTimes =
  (times: FileTimes): Step =>
  (context, call, node, handle) => {
    const names = () => context.nodes.names(node);
    const act = (): void => (handle ? handle.file.setTimes(times) : node.binding.files.setTimes(names(), times));
    // The kernel's own times for content that it was allowed to write.
    if (handle?.content.kind === 'given') return act();
    return gated(context, call, node, () => ({ kind: 'times' as const, ...changed(context, node, handle) }), act);
  };

const changed = (context: SessionContext, node: FileNode, handle: OpenHandle | undefined) => ({
  names: node.places.length === 0 ? [] : context.nodes.names(node),
  status: currentStatus(context, node, handle),
});

/** Runs the steps in order; synchronously as long as nobody has to be asked. */
function inTurn<T>(steps: readonly (() => void | Promise<void>)[], last: () => T): T | Promise<T> {
  const [first, ...rest] = steps;
  if (!first) return last();
  const done = first();
  return done ? done.then(() => inTurn(rest, last)) : inTurn(rest, last);
}

export const readlink: Operation = (context, { header }) => {
  const node = fileNode(context, header.nodeId);
  return encodeName(onItself(() => node.binding.files.readLink(context.nodes.names(node))));
};

export const statfs: Operation = (context, { header }) => {
  const node = context.nodes.get(header.nodeId);
  if (node.type === 'file') return spaceBody(node.binding.files.space());
  return spaceBody({ blockSize: 4096, blocks: 0, freeBlocks: 0, files: 0, freeFiles: 0 });
};
