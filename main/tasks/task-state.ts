/**
 * A task's present state in the host. None of it is stored on disk.
 *
 * States carry their data: a run has one prompt, only a running run needs a process, and while files are changed there
 * is neither.
 */
import type { OpenDialog } from '../../schema/task-summary';
import type { RunEnding } from '../../schema/run-ending';
import type { Outcome } from './task-ports';

/** What people can do to a task's files while no agent runs */
export type FilesChange = 'undo' | 'redo' | 'apply' | 'discard';

/** The task's pi process in the guest. Each requested process has its own number. */
export type AgentProcess =
  | { readonly kind: 'none' }
  /** Requested from the guest */
  | { readonly kind: 'opening'; readonly number: number }
  | OpenProcess;

export interface OpenProcess {
  readonly kind: 'open';
  readonly number: number;
  /** The extensions that it started with, as JSON */
  readonly extensions: string;
}

interface Live {
  readonly process: AgentProcess;
  readonly dialogs: readonly OpenDialog[];
}

/** Accepts prompts; `problem` is why the last run or the process failed. */
export interface Resting extends Live {
  readonly kind: 'resting';
  readonly problem: string | null;
  /** How the last run ended, where `problem` says why */
  readonly ending?: RunEnding;
}

/** The prompt was accepted and waits for the process and the files' turn. */
export interface Starting extends Live {
  readonly kind: 'starting';
  readonly promptId: string;
}

export interface Running extends Live {
  readonly kind: 'running';
  readonly promptId: string;
  readonly process: OpenProcess;
}

/** The run is over; what it left open is being closed. */
export interface Settling extends Live {
  readonly kind: 'settling';
  readonly promptId: string;
  /** How far the run had come */
  readonly from: 'starting' | 'running';
  readonly outcome: Outcome;
}

/** The process has to end before files may change. */
export interface Clearing {
  readonly kind: 'clearing';
  readonly change: FilesChange;
  readonly process: AgentProcess;
  readonly problem: string | null;
}

/** Files and session are changing: no process, no run. */
export interface Changing {
  readonly kind: 'changing';
  readonly change: FilesChange;
  readonly problem: string | null;
}

export type TaskState = Resting | Starting | Running | Settling | Clearing | Changing | { readonly kind: 'removed' };

/** A task that was just read from disk, or just created. */
export const restingTask: Resting = {
  kind: 'resting',
  problem: null,
  process: { kind: 'none' },
  dialogs: [],
};

const none: AgentProcess = { kind: 'none' };

/** The task's process in any state. */
export const processOf = (state: TaskState): AgentProcess => ('process' in state ? state.process : none);

/** The number of its process; `null` when there is none. */
export function processNumber(state: TaskState): number | null {
  const process = processOf(state);
  return process.kind === 'none' ? null : process.number;
}

/** The prompt of the run in progress; `null` when there is none. */
export const promptInFlight = (state: TaskState): string | null => ('promptId' in state ? state.promptId : null);
