/** Asks before a change. When it isn't held, it is done immediately. */
import { Errno, errnoOf } from '../../folder/errno';
import type { Names } from '../../folder/folder-files';
import type { IntendedChange } from '../intended-change';
import type { FileNode, OpenHandle } from '../nodes';
import type { Call, SessionContext } from '../session-context';

type Asked = Pick<IntendedChange, 'kind' | 'names' | 'to' | 'status' | 'target'>;

/** @param change computed only when somebody is asked */
export function gated<T>(
  context: SessionContext,
  { header }: Call,
  node: FileNode,
  change: () => Asked,
  act: () => T,
): T | Promise<Awaited<T>> {
  if (!context.gate) return act();
  context.held.checkRoom(node.binding.taskId);
  const dropped = new AbortController();
  const answer = context.gate(intended(node, header, change()), dropped.signal);
  return answer ? context.held.hold(header.unique, node.binding, { answer, dropped }, act) : act();
}

const intended = ({ binding }: FileNode, { pid, uid }: Call['header'], change: Asked): IntendedChange => ({
  ...change,
  taskId: binding.taskId,
  area: binding.area,
  caller: { pid, uid },
});

/** The content of an open file: asked at the first change. The answer is valid until it is closed. */
export function gatedContent<T>(
  context: SessionContext,
  call: Call,
  handle: OpenHandle,
  act: () => T,
): T | Promise<Awaited<T>> {
  const { content, node } = handle;
  if (content.kind === 'given') return act();
  if (content.kind === 'refused') throw new Errno(content.code);
  context.held.checkRoom(node.binding.taskId);
  if (content.kind === 'asked') {
    return context.held.hold(call.header.unique, node.binding, { answer: content.answer }, act);
  }
  const dropped = new AbortController();
  const change = { kind: 'content', names: namesOrNone(context, node), status: handle.file.status() } as const;
  const answer = context.gate?.(intended(node, call.header, change), dropped.signal);
  if (!answer) {
    handle.content = { kind: 'given' };
    return act();
  }
  handle.content = { kind: 'asked', answer: remembered(handle, answer) };
  return context.held.hold(call.header.unique, node.binding, { answer: handle.content.answer, dropped }, act);
}

async function remembered(handle: OpenHandle, answer: Promise<void>): Promise<void> {
  try {
    await answer;
    handle.content = { kind: 'given' };
  } catch (error) {
    handle.content = { kind: 'refused', code: errnoOf(error) };
    throw error;
  }
}

/** A file that was removed while open has no names. */
function namesOrNone(context: SessionContext, node: FileNode): Names {
  return node.places.length === 0 ? [] : context.nodes.names(node);
}
