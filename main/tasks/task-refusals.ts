/** Why a task can't do what it is asked now, in words for people. */
import { RpcError } from '../../schema/errors';
import { promptInFlight, type FilesChange, type TaskState } from './task-state';
import type { TaskRecord } from './task-store';

const goesOn: Readonly<Record<FilesChange, string>> = {
  undo: 'A turn is being undone. Wait, or cancel it first.',
  redo: 'A turn is being redone. Wait, or cancel it first.',
  apply: 'Changes are being applied. Wait until this is done.',
  discard: 'Changes are being discarded. Wait until this is done.',
};

const notReady = (message: string): RpcError => new RpcError('TASK_NOT_READY', message);

/** @throws RpcError `TASK_NOT_READY` while the task's files are being changed */
export function assertUnchanging(state: TaskState): void {
  if (state.kind === 'clearing' || state.kind === 'changing') throw notReady(goesOn[state.change]);
}

/** @throws RpcError `TASK_NOT_READY` during a run, and while the task's files are being changed */
export function assertResting(state: TaskState): void {
  if (promptInFlight(state) !== null) {
    throw notReady('The agent is still working. Wait for it, or stop it first.');
  }
  assertUnchanging(state);
}

/** @throws RpcError `FOLDER_ALREADY_BOUND` or `TASK_NOT_READY` */
export function assertBindable(state: TaskState, { workingFolder }: TaskRecord): void {
  if (workingFolder !== null) {
    throw new RpcError(
      'FOLDER_ALREADY_BOUND',
      "A task's folder can't be changed. Start a new task for another folder.",
    );
  }
  if (promptInFlight(state) !== null) {
    throw notReady('The agent is working. Choose a folder when it has finished.');
  }
}

/** @throws RpcError `CANCELLED` */
export function assertKept(state: TaskState): void {
  if (state.kind === 'removed') throw new RpcError('CANCELLED', 'The task was removed.');
}
