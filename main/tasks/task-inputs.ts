/** What can happen to a task, and what the host does about it. */
import type { OpenDialog } from '../../schema/task-summary';
import type { FilesChange } from './task-state';
import type { Outcome, RunRequest } from './task-ports';

type Kind<K extends string, Data extends object = object> = { readonly kind: K } & Readonly<Data>;

/** Inputs about a run name its prompt; a run that the guest's extensions began has none. */
export type RunInput =
  | Kind<'prompt', { run: RunRequest }>
  /** The conversation couldn't be read, so the prompt wasn't added */
  | Kind<'prompt-failed', { promptId: string; problem: string }>
  /** The agent is there, and its changes to files belong to this run from now on */
  | Kind<'turn-begun', { promptId: string }>
  | Kind<'stop'>
  | Kind<'run-ended', { promptId: string | null; outcome: Outcome }>
  | Kind<'run-closed', { promptId: string | null }>;

/** Inputs about a process carry its number: the task's process when the event arrived, `null` for none. */
export type ProcessInput =
  | Kind<'open', { next: number }>
  /** Another process replaces it */
  | Kind<'reopen', { next: number }>
  | Kind<'opened', { process: number; extensions: string }>
  | Kind<'open-failed', { process: number }>
  | Kind<'end-process'>
  /** `problem` says why, if nobody asked for it */
  | Kind<'process-ended', { process: number | null; problem: string | null }>
  | Kind<'vm-gone', { process: number | null; why: string }>
  | Kind<'dialog-opened', { process: number | null; dialog: OpenDialog }>
  | Kind<'dialog-closed', { process: number | null; id: string }>;

export type TaskInput =
  | RunInput
  | ProcessInput
  | Kind<'change', { change: FilesChange }>
  /** The process has ended */
  | Kind<'cleared'>
  | Kind<'changed'>
  | Kind<'remove'>
  /** The task's folders couldn't be moved aside */
  | Kind<'restored'>;

export type TaskEffect =
  | Kind<'begin-run', { run: RunRequest }>
  | Kind<'abort', { promptId: string }>
  /** Ends the files' turn and closes the conversation's open items */
  | Kind<'close-run', { promptId: string | null; outcome: Outcome }>
  | Kind<'announce-end', { promptId: string | null; outcome: Outcome }>
  | Kind<'stop-process'>
  /** Stops showing the guest the task's folders */
  | Kind<'withdraw'>;
