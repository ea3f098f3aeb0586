/** States, inputs and effects of a task, for tests of its machine. */
import type { OpenDialog } from '../../../schema/task-summary';
import type { TaskEffect, TaskInput } from '../task-inputs';
import type { Outcome, RunRequest } from '../task-ports';
import { restingTask, type AgentProcess, type OpenProcess, type TaskState } from '../task-state';

/** What is tested, the state, the input, the next state, the effects */
export type Row = readonly [string, TaskState, TaskInput, TaskState, TaskEffect[]];

export const run: RunRequest = { promptId: 'p1', message: 'Sort', approvals: { allow: [], canAsk: true } };
export const done: Outcome = { isAborted: false, problem: null };
export const stopped: Outcome = { isAborted: true, problem: null };
export const failed: Outcome = { isAborted: false, problem: 'pi ended.' };

export const none: AgentProcess = { kind: 'none' };
export const opening: AgentProcess = { kind: 'opening', number: 1 };
export const open: OpenProcess = { kind: 'open', number: 1, extensions: '{}' };
export const question: OpenDialog = { id: 'q1', method: 'confirm', title: 'Sure?', message: '', openedAt: 7 };

type Of<K extends TaskState['kind']> = Extract<TaskState, { kind: K }>;
export const resting = (over: Partial<Of<'resting'>> = {}): TaskState => ({ ...restingTask, process: open, ...over });
export const starting = (over: Partial<Of<'starting'>> = {}): TaskState => ({
  ...{ kind: 'starting', promptId: 'p1', process: open, dialogs: [] },
  ...over,
});
export const running = (over: Partial<Of<'running'>> = {}): TaskState => ({
  ...{ kind: 'running', promptId: 'p1', process: open, dialogs: [] },
  ...over,
});
export const settling = (over: Partial<Of<'settling'>> = {}): TaskState => ({
  ...{ kind: 'settling', promptId: 'p1', from: 'running', outcome: done, process: open, dialogs: [] },
  ...over,
});
export const clearing = (over: Partial<Of<'clearing'>> = {}): TaskState => ({
  ...{ kind: 'clearing', change: 'undo', process: open, problem: null },
  ...over,
});
export const changing = (over: Partial<Of<'changing'>> = {}): TaskState => ({
  ...{ kind: 'changing', change: 'undo', problem: null },
  ...over,
});
export const removed: TaskState = { kind: 'removed' };

export const closeRun = (outcome: Outcome): TaskEffect => ({ kind: 'close-run', promptId: 'p1', outcome });
export const announceEnd = (outcome: Outcome): TaskEffect => ({ kind: 'announce-end', promptId: 'p1', outcome });
export const withdraw: TaskEffect[] = [{ kind: 'withdraw' }];
export const endProcess: TaskEffect[] = [{ kind: 'stop-process' }, { kind: 'withdraw' }];

export const ended = (promptId: string | null, outcome: Outcome): TaskInput => ({
  kind: 'run-ended',
  promptId,
  outcome,
});
export const processEnded = (problem: string | null, process: number | null = 1): TaskInput => ({
  ...{ kind: 'process-ended', process, problem },
});
export const opened: TaskInput = { kind: 'opened', process: 1, extensions: '{}' };
export const openFailed: TaskInput = { kind: 'open-failed', process: 1 };
export const gone: TaskInput = { kind: 'vm-gone', process: 1, why: 'Lost.' };
export const asks: TaskInput = { kind: 'dialog-opened', process: 1, dialog: question };
export const answered: TaskInput = { kind: 'dialog-closed', process: 1, id: 'q1' };
