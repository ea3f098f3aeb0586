/** Requests that create, move and remove names: MKDIR, MKNOD, SYMLINK, LINK, UNLINK, RMDIR, RENAME, RENAME2. */
import { Errno } from '../../folder/errno';
import { exchangeNames } from '../../folder/exchange-names';
import type { FileStatus, Names } from '../../folder/folder-files';
import { fileType, renameFlag, typeMask } from '../fuse-protocol';
import { entryBody } from '../fuse-replies';
import { readLink, readMkdir, readMknod, readRename, readRename2, readSymlink } from '../fuse-requests';
import type { ChangeKind } from '../intended-change';
import type { FileNode } from '../nodes';
import { type Body, type Call, emptyBody, type Operation, type SessionContext } from '../session-context';
import { statusIfThere } from '../../folder/status-if-there';
import { hasOtherContent } from '../stale-content';
import { checkWritable, childEntry, childNames, fileNode, writableDirectory } from './entries';
import { gated } from './gated';

type Make = (parent: FileNode, names: Names) => void;

/** Names are resolved again when the answer comes: a parent folder may have moved in the meantime. */
function make(context: SessionContext, call: Call, kind: ChangeKind, name: string, act: Make): Body | Promise<Body> {
  const parent = writableDirectory(context, call.header.nodeId, call.header);
  return gated(
    context,
    call,
    parent,
    () => ({ kind, names: childNames(context, parent, name), status: null }),
    () => {
      act(parent, childNames(context, parent, name));
      context.watches.expect(parent);
      return entryBody(childEntry(context, parent, name));
    },
  );
}

export const mkdir: Operation = (context, call) => {
  const { mode, name } = readMkdir(call.body);
  return make(context, call, 'makeDirectory', name, ({ binding }, names) =>
    binding.files.makeDirectory(names, mode & 0o7777),
  );
};

/** No devices: one would be the host's. */
export const mknod: Operation = (context, call) => {
  const { mode, name } = readMknod(call.body);
  const type = mode & typeMask;
  const special = type === fileType.fifo ? 'fifo' : type === fileType.socket ? 'socket' : null;
  if (special !== null) {
    return make(context, call, 'create', name, ({ binding }, names) =>
      binding.files.makeSpecial(names, special, mode & 0o777),
    );
  }
  if (type !== fileType.file) throw new Errno('EPERM');
  return make(context, call, 'create', name, ({ binding }, names) =>
    binding.files.createFile(names, mode & 0o7777).close(),
  );
};

export const symlink: Operation = (context, call) => {
  const { name, target } = readSymlink(call.body);
  return make(context, call, 'makeSymlink', name, ({ binding }, names) => binding.files.makeSymlink(names, target));
};

export const link: Operation = (context, call) => {
  const { existing, name } = readLink(call.body);
  const parent = writableDirectory(context, call.header.nodeId, call.header);
  const node = fileNode(context, existing);
  if (node.binding !== parent.binding) throw new Errno('EXDEV');
  const names = (): Names => context.nodes.names(node);
  const to = (): Names => childNames(context, parent, name);
  return gated(
    context,
    call,
    parent,
    () => ({ kind: 'makeHardLink', names: names(), to: to(), status: statusIfThere(node.binding.files, names()) }),
    () => {
      const isFirst = parent.binding.unnamed.isUnnamed(names());
      const hidden = isFirst ? node.places.at(-1) : undefined;
      parent.binding.files.makeHardLink(names(), to());
      if (hidden?.parent) context.nodes.removeName(hidden.parent, hidden.name);
      context.watches.expect(parent);
      return entryBody(childEntry(context, parent, name));
    },
  );
};

const remove =
  (kind: 'remove' | 'removeDirectory'): Operation =>
  (context, call) => {
    const name = call.body.name();
    const parent = writableDirectory(context, call.header.nodeId, call.header);
    const names = (): Names => childNames(context, parent, name);
    return gated(
      context,
      call,
      parent,
      () => ({ kind, names: names(), status: statusIfThere(parent.binding.files, names()) }),
      () => {
        if (kind === 'remove') parent.binding.files.removeFile(names());
        else parent.binding.files.removeDirectory(names());
        const removed = parent.children.get(name);
        if (removed && kind === 'removeDirectory') removed.isRemoved = true;
        context.nodes.removeName(parent, name);
        context.watches.expect(parent, name);
        return emptyBody;
      },
    );
  };

export const unlink = remove('remove');
export const rmdir = remove('removeDirectory');

/** @throws Errno `EINVAL` for flags that aren't known, or not together */
function kindOfRename(flags: number): 'replace' | 'keep' | 'exchange' {
  if (flags === 0) return 'replace';
  if (flags === renameFlag.noReplace) return 'keep';
  if (flags === renameFlag.exchange) return 'exchange';
  throw new Errno('EINVAL');
}

const renameBy =
  (read: typeof readRename2): Operation =>
  (context, call) => {
    const { toParent, flags, fromName, toName } = read(call.body);
    const onExisting = kindOfRename(flags);
    const from = writableDirectory(context, call.header.nodeId, call.header);
    const to = writableDirectory(context, toParent, call.header);
    if (from.binding !== to.binding) throw new Errno('EXDEV');
    checkWritable(to);
    const { files } = from.binding;
    const source = (): Names => childNames(context, from, fromName);
    const target = (): Names => childNames(context, to, toName);
    const change = () => ({
      kind: onExisting === 'exchange' ? ('exchange' as const) : ('rename' as const),
      names: source(),
      to: target(),
      status: statusIfThere(files, source()),
      target: statusIfThere(files, target()),
    });
    return gated(context, call, from, change, () => {
      if (onExisting === 'exchange') {
        exchangeNames(files, source(), target());
        context.nodes.exchange(from, fromName, to, toName);
        context.watches.expect(from);
        tellMoved(from, fromName, statusIfThere(files, source()));
      } else {
        files.rename(source(), target(), { onExisting });
        context.nodes.rename(from, fromName, to, toName);
        context.watches.expect(from, fromName);
      }
      context.watches.expect(to);
      tellMoved(to, toName, statusIfThere(files, target()));
      return emptyBody;
    });
  };

/** A move changes a file's ctime; the content that the kernel caches is still right. */
function tellMoved(parent: FileNode, name: string, status: FileStatus | null): void {
  const node = parent.children.get(name);
  if (node && status && !hasOtherContent(node.told, status)) node.told = status;
}

export const rename = renameBy(readRename);
export const rename2 = renameBy(readRename2);
