/** One task in the host's memory: its record, what it does now, and what is under way for it. */
import type { TaskSummary } from '../../schema/app-api';
import { RpcError } from '../../schema/errors';
import type { OpenMode } from '../../schema/taskd-api';
import type { Conversation } from './conversation';
import { quiet, type TaskRuntime } from './task-runtime';
import type { TaskRecord } from './task-store';

export interface TaskEntry {
  record: TaskRecord;
  runtime: TaskRuntime;
  conversation: Promise<Conversation> | null;
  opening: Promise<OpenMode> | null;
  isOpen: boolean;
  /** Id of the last prompt; what the agent does belongs to it */
  run: string;
  /** Writes of its record, one after another */
  saving: Promise<void>;
  isSettling: boolean;
  isRemoved: boolean;
  /** A turn is being taken back: nothing may run meanwhile */
  isTakingBack: boolean;
  /** What its agent was begun with, as JSON */
  extensions: string;
}

export const newEntry = (record: TaskRecord): TaskEntry => ({
  record,
  runtime: quiet,
  conversation: null,
  opening: null,
  isOpen: false,
  run: `since-${Date.now()}`,
  saving: Promise.resolve(),
  isSettling: false,
  isRemoved: false,
  isTakingBack: false,
  extensions: '',
});

/** @throws RpcError `FOLDER_ALREADY_BOUND` or `TASK_NOT_READY` */
export function assertBindable({ record, runtime }: TaskEntry): void {
  if (record.workingFolder !== null) {
    throw new RpcError(
      'FOLDER_ALREADY_BOUND',
      "A task's folder can't be changed. Start a new task for another folder.",
    );
  }
  if (runtime.promptInFlight !== null) {
    throw new RpcError('TASK_NOT_READY', 'The agent is working. Choose a folder when it has finished.');
  }
}

/** @throws RpcError `TASK_NOT_READY` */
export function assertResting({ runtime, isTakingBack }: TaskEntry): void {
  if (runtime.promptInFlight !== null) {
    throw new RpcError('TASK_NOT_READY', 'The agent is still working. Wait for it, or stop it first.');
  }
  if (isTakingBack)
    throw new RpcError('TASK_NOT_READY', 'An undo, redo or apply is still running. Wait for it, or cancel it first.');
}

/** @throws RpcError `CANCELLED` */
export function assertKept({ isRemoved }: TaskEntry): void {
  if (isRemoved) throw new RpcError('CANCELLED', 'The task was removed.');
}

/** What people see of a task. */
export function summaryOf({ record, runtime }: TaskEntry): TaskSummary {
  const { taskId, title, workingFolder, reviewsChanges, model, createdAt, updatedAt, usage } = record;
  const { activity, problem, folderProblem, promptInFlight, dialogs } = runtime;
  return {
    ...{ taskId, title, workingFolder, reviewsChanges, model, createdAt, updatedAt, usage },
    ...{ activity, problem, folderProblem, promptInFlight, dialogs: [...dialogs] },
  };
}
