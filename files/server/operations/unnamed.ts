/** TMPFILE: a file without a name, for programs that write first and link it when it is complete. */
import type { Names } from '../../folder/folder-files';
import { unnamedPrefix } from '../../special/unnamed-folder';
import { entryBody, openBody } from '../fuse-replies';
import type { Operation } from '../session-context';
import { childNames, childNode, closedOnError, entryOf, writableDirectory } from './entries';
import { gated } from './gated';

export const tmpfile: Operation = (context, call) => {
  call.body.skip(4);
  const mode = call.body.u32() & 0o7777;
  const parent = writableDirectory(context, call.header.nodeId, call.header);
  context.handles.checkRoom(parent.binding.taskId);
  const change = () => ({ kind: 'create' as const, names: childNames(context, parent, unnamedPrefix), status: null });
  return gated(context, call, parent, change, () => {
    const folder: Names = context.nodes.names(parent);
    const { file, name } = parent.binding.unnamed.createUnnamed(folder, mode);
    return closedOnError(file, () => {
      const status = file.status();
      const node = childNode(context, parent, name, status);
      node.told = status;
      const handle = context.handles.add(node, file, true, { kind: 'given' });
      return Buffer.concat([entryBody(entryOf(context, node, status)), openBody(handle.id, 0)]);
    });
  });
};
