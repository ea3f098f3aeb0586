/** Opens a task's pi process in the guest, or makes sure that the present one is still right. */
import { RpcError, toWireError } from '../../schema/errors';
import { noExtensions } from '../../schema/extensions';
import type { Params } from '../../schema/rpc';
import type { OpenMode, TaskdApi } from '../../schema/taskd-api';
import { stoppedBeforeItOpened } from './opening-queue';
import type { TaskContext } from './task-context';
import { assertKept } from './task-refusals';
import { processNumber, processOf, promptInFlight } from './task-state';

type OpenRequest = Params<TaskdApi, 'create_or_open_task'>;

async function usableFolder(task: TaskContext): Promise<string | null> {
  const { workingFolder } = task.record;
  if (workingFolder === null) return null;
  try {
    const folder = await task.options.checkFolder(workingFolder);
    task.reportFolder(null);
    return folder;
  } catch (error) {
    task.reportFolder(toWireError(error).message);
    throw error;
  }
}

/** Shows the guest the task's folders. If they changed, an open process has files of the old ones, so it is ended. */
async function serveFolders(task: TaskContext, folder: string | null, nextNumber: () => number): Promise<void> {
  const { files, store } = task.options;
  const places = store.places(task.taskId, folder, task.record.reviewsChanges);
  const { isAnew } = await files.serve(places);
  if (!isAnew || processOf(task.state).kind !== 'open') return;
  await task.apply({ kind: 'reopen', next: nextNumber() });
  await files.serve(places);
}

/** Throws when the task was removed, or the run that it opens for was stopped. */
function wantedBy(task: TaskContext): () => void {
  let lastPrompt = promptInFlight(task.state);
  return () => {
    assertKept(task.state);
    const prompt = promptInFlight(task.state);
    if (lastPrompt !== null && prompt === null) throw stoppedBeforeItOpened();
    lastPrompt = prompt;
  };
}

/** A task that has its agent is asked for it only; the others wait for their turn. */
async function openInGuest(task: TaskContext, request: OpenRequest): Promise<OpenMode> {
  const { taskId, openings } = task;
  const { taskd } = task.options;
  const open = async (): Promise<OpenMode> => (await taskd.create_or_open_task(request)).mode;
  if (processOf(task.state).kind === 'open') return open();
  return openings.queue.run(taskId, async () => {
    await openings.makeRoom(taskId, wantedBy(task));
    try {
      return await open();
    } catch (error) {
      // An agent that is no longer wanted would slow down the next one.
      if (toWireError(error).code === 'DEADLINE_EXCEEDED') taskd.stop_task({ taskId }).catch(() => undefined);
      throw error;
    }
  });
}

/** Resolves when pi is ready for a prompt. `nextNumber` numbers processes. */
export async function openProcess(task: TaskContext, nextNumber: () => number): Promise<OpenMode> {
  const { options, taskId } = task;
  assertKept(task.state);
  const extensions = (await options.extensions?.()) ?? noExtensions;
  const asText = JSON.stringify(extensions);
  const process = processOf(task.state);
  // Other rules need another agent, which continues in the same session.
  if (process.kind === 'open' && process.extensions !== asText) {
    await task.apply({ kind: 'reopen', next: nextNumber() });
  }
  const { workingFolder, reviewsChanges, model } = task.record;
  const folder = await usableFolder(task);
  await options.startVm();
  assertKept(task.state);
  await serveFolders(task, folder, nextNumber);
  // The earlier process may have ended in the meantime.
  await task.apply({ kind: 'open', next: nextNumber() });
  const number = processNumber(task.state);
  if (number === null) throw new RpcError('CANCELLED', 'The task was closed while it was being opened.');
  const piConfig = options.piConfig();
  const mode = await openInGuest(task, { taskId, model, hasWorkingFolder: folder !== null, piConfig, extensions });
  await task.apply({ kind: 'opened', process: number, extensions: asText });
  assertKept(task.state);
  // Only the next process sees what changed in the meantime.
  if (task.record.workingFolder !== workingFolder || task.record.reviewsChanges !== reviewsChanges) {
    await task.apply({ kind: 'end-process' });
    await task.apply({ kind: 'open', next: nextNumber() });
    return openProcess(task, nextNumber);
  }
  if (task.record.model !== model) await options.taskd.pi_set_model({ taskId, model: task.record.model });
  return mode;
}
