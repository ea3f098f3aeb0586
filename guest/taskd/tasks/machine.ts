/**
 * A task's life as one pure function. The state carries its data. Inputs about a process carry its generation, so that
 * a late exit of an older process changes nothing.
 *
 * missing → creating → ready → active → idle → (active …) → errored or stopped → creating …
 */
import type { OpenMode, TaskStateName } from '../../../schema/taskd-api';

export type TaskState =
  | { readonly kind: 'missing' }
  | { readonly kind: 'creating'; readonly gen: number; readonly mode: OpenMode }
  | { readonly kind: 'ready' | 'idle'; readonly gen: number }
  | { readonly kind: 'active'; readonly gen: number; readonly promptId: string | null; readonly isAborting: boolean }
  | { readonly kind: 'errored'; readonly message: string }
  | { readonly kind: 'stopped' };

export type TaskInput =
  | { readonly kind: 'open'; readonly gen: number; readonly hasSession: boolean }
  | { readonly kind: 'booted'; readonly gen: number }
  | { readonly kind: 'run-started'; readonly gen: number; readonly promptId: string | null }
  | { readonly kind: 'abort' }
  | { readonly kind: 'settled'; readonly gen: number }
  | { readonly kind: 'exited'; readonly gen: number; readonly message: string }
  | { readonly kind: 'stop' };

/** The name of a task's state on the wire. */
export const stateName = (state: TaskState): TaskStateName => state.kind;

const openMode = (state: TaskState, hasSession: boolean): OpenMode => {
  if (state.kind === 'errored') return 'recovered';
  return hasSession ? 'resumed' : 'created';
};

/** Whether this state has a pi process. */
export const isLive = (state: TaskState): state is Extract<TaskState, { gen: number }> => 'gen' in state;

export function step(state: TaskState, input: TaskInput): TaskState {
  if ('gen' in input && input.kind !== 'open' && (!isLive(state) || state.gen !== input.gen)) return state;
  switch (input.kind) {
    case 'open':
      return isLive(state) ? state : { kind: 'creating', gen: input.gen, mode: openMode(state, input.hasSession) };
    case 'booted':
      return state.kind === 'creating' ? { kind: 'ready', gen: input.gen } : state;
    case 'run-started':
      return state.kind === 'ready' || state.kind === 'idle'
        ? { kind: 'active', gen: input.gen, promptId: input.promptId, isAborting: false }
        : state;
    case 'abort':
      return state.kind === 'active' ? { ...state, isAborting: true } : state;
    case 'settled':
      return state.kind === 'active' ? { kind: 'idle', gen: input.gen } : state;
    case 'exited':
      return { kind: 'errored', message: input.message };
    case 'stop':
      return { kind: 'stopped' };
  }
}
