/** Undo, redo, apply and discard: they change a task's files and session while no agent runs for it. */
import { RpcError, toWireError } from '../../schema/errors';
import { keepItems } from './conversation';
import { conversationOf } from './read-session';
import type { TaskContext } from './task-context';
import type { FilesChange } from './task-state';

export interface FilesWork<T> {
  readonly change: FilesChange;
  /** An opening in progress, which must end first */
  readonly opened: Promise<unknown> | null;
  readonly work: () => Promise<T>;
}

/** Ends the task's process, does the work, and then shows the conversation as the session has it. */
export async function changeFiles<T>(task: TaskContext, { change, opened, work }: FilesWork<T>): Promise<T> {
  await task.apply({ kind: 'change', change });
  try {
    // Its own caller handles the failure.
    await opened?.catch(() => undefined);
    await task.apply({ kind: 'end-process' });
    await task.apply({ kind: 'cleared' });
    if (task.state.kind !== 'changing') throw new RpcError('TASK_NOT_READY', "The agent hasn't stopped. Try again.");
    const done = await work();
    await showSession(task);
    task.news.artifactsChanged.emit(task.taskId);
    return done;
  } finally {
    await task.apply({ kind: 'changed' });
  }
}

/** Shows the conversation as the session has it now. If the session can't be read, what was done to files stays. */
async function showSession(task: TaskContext): Promise<void> {
  try {
    const items = conversationOf((await task.conversationFiles.session.read()).text);
    (await task.conversation()).apply([{ type: 'replace', items }]);
    await keepItems(task.conversationFiles, items);
  } catch (error) {
    task.options.log('host', `${task.taskId}: couldn't show the session: ${String(error)}`);
    const conversation = await task.conversation().catch(() => null);
    conversation?.notice('warning', toWireError(error).message);
  }
}
