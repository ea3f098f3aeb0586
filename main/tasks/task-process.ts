/** The next state of a task's process and its questions: pure, and independent of the task's other state. */
import type { OpenDialog } from '../../schema/task-summary';
import type { TaskEffect, TaskInput } from './task-inputs';
import type { AgentProcess } from './task-state';

const none: AgentProcess = { kind: 'none' };

/** The process after an input. Only its own answer ends an opening. */
export function nextProcess(process: AgentProcess, input: TaskInput): AgentProcess {
  switch (input.kind) {
    case 'open':
      return process.kind === 'none' ? { kind: 'opening', number: input.next } : process;
    case 'reopen':
      return process.kind === 'open' ? { kind: 'opening', number: input.next } : process;
    case 'opened':
      return process.kind === 'opening'
        ? { kind: 'open', number: input.process, extensions: input.extensions }
        : process;
    case 'open-failed':
      return process.kind === 'opening' ? none : process;
    case 'end-process':
    case 'process-ended':
    case 'vm-gone':
      return process.kind === 'open' ? none : process;
    default:
      return process;
  }
}

/** The open questions after an input. Questions of a process end with it. */
export function nextDialogs(dialogs: readonly OpenDialog[], input: TaskInput): readonly OpenDialog[] {
  switch (input.kind) {
    case 'dialog-opened':
      return [...dialogs, input.dialog];
    case 'dialog-closed':
      return dialogs.filter(({ id }) => id !== input.id);
    case 'reopen':
    case 'end-process':
    case 'process-ended':
    case 'vm-gone':
      return dialogs.length === 0 ? dialogs : [];
    default:
      return dialogs;
  }
}

/** A task without a process may still have its folders in the guest. */
export const withdraw: readonly TaskEffect[] = [{ kind: 'withdraw' }];

/** Ends a process that the host no longer wants. */
export const endProcess: readonly TaskEffect[] = [{ kind: 'stop-process' }, { kind: 'withdraw' }];

/** The same, if there is a process to end. */
export const endOf = (process: AgentProcess): readonly TaskEffect[] => (process.kind === 'open' ? endProcess : []);

/** The effects of an input about a process. */
export function processEffects(process: AgentProcess, input: TaskInput): readonly TaskEffect[] {
  if (input.kind === 'end-process' || input.kind === 'reopen') return endOf(process);
  // The next guest sees no folder until its task is opened there.
  return input.kind === 'vm-gone' && process.kind === 'open' ? withdraw : [];
}
