/**
 * The VM manager's decisions: a pure function from a state and an input to the next state and its effects.
 *
 * `stopped` and `failed` mean that no QEMU exists. Every input about a process carries that process's generation; an
 * older one changes nothing. The only way to a running guest is to resume a template, which is built first if there is
 * none.
 */
import type { VmFailure } from '../schema/vm-api';

export type QemuMode = 'build' | 'resume';

export type VmState =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly failure: VmFailure }
  | {
      readonly kind: 'starting';
      readonly mode: QemuMode;
      readonly gen: number;
      readonly pid: number | null;
      readonly isTemplateSaved: boolean;
      readonly isStopRequested: boolean;
    }
  | { readonly kind: 'ready'; readonly gen: number; readonly pid: number }
  | { readonly kind: 'stopping'; readonly gen: number; readonly pid: number; readonly because: VmFailure | null };

export type VmInput =
  | { readonly kind: 'start'; readonly hasTemplate: boolean }
  | { readonly kind: 'stop' }
  | { readonly kind: 'spawned'; readonly gen: number; readonly pid: number }
  | { readonly kind: 'spawn-failed'; readonly gen: number; readonly failure: VmFailure }
  | { readonly kind: 'template-saved'; readonly gen: number }
  | { readonly kind: 'hello'; readonly gen: number }
  | { readonly kind: 'start-failed'; readonly gen: number; readonly failure: VmFailure }
  | { readonly kind: 'boot-timer'; readonly gen: number; readonly failure: VmFailure }
  | { readonly kind: 'term-timer'; readonly gen: number }
  | { readonly kind: 'exited'; readonly gen: number; readonly failure: VmFailure };

export type VmEffect =
  | { readonly kind: 'spawn'; readonly gen: number; readonly mode: QemuMode }
  | { readonly kind: 'arm-boot'; readonly gen: number; readonly mode: QemuMode }
  | { readonly kind: 'arm-term'; readonly gen: number }
  /** First step of ending QEMU: ask the guest, or SIGTERM if it doesn't listen yet */
  | { readonly kind: 'ask-to-end'; readonly gen: number; readonly pid: number }
  | { readonly kind: 'kill'; readonly gen: number; readonly pid: number };

type Step = readonly [VmState, ...VmEffect[]];

const launch = (mode: QemuMode, gen: number): Step => [
  { kind: 'starting', mode, gen, pid: null, isTemplateSaved: false, isStopRequested: false },
  { kind: 'spawn', gen, mode },
  { kind: 'arm-boot', gen, mode },
];

const stopProcess = (gen: number, pid: number, because: VmFailure | null): Step => [
  { kind: 'stopping', gen, pid, because },
  { kind: 'ask-to-end', gen, pid },
  { kind: 'arm-term', gen },
];

const ended = (because: VmFailure | null): Step => [
  because ? { kind: 'failed', failure: because } : { kind: 'stopped' },
];

function stepStarting(state: Extract<VmState, { kind: 'starting' }>, input: VmInput, nextGen: number): Step {
  switch (input.kind) {
    case 'spawned':
      return state.isStopRequested ? stopProcess(state.gen, input.pid, null) : [{ ...state, pid: input.pid }];
    case 'spawn-failed':
      return ended(input.failure);
    case 'exited':
      if (state.isTemplateSaved) return launch('resume', nextGen);
      return ended(state.isStopRequested ? null : input.failure);
    case 'template-saved':
      return [{ ...state, isTemplateSaved: true }];
    case 'hello':
      return state.pid === null ? [state] : [{ kind: 'ready', gen: state.gen, pid: state.pid }];
    case 'stop':
      return state.pid === null ? [{ ...state, isStopRequested: true }] : stopProcess(state.gen, state.pid, null);
    case 'start-failed':
    case 'boot-timer':
      return state.pid === null ? [state] : stopProcess(state.gen, state.pid, input.failure);
    case 'start':
    case 'term-timer':
      return [state];
  }
}

/**
 * The state after `input`, and the effects to perform. `nextGen` is the generation of a process that this step starts.
 */
export function step(state: VmState, input: VmInput, nextGen: number): Step {
  if ('gen' in input && (!('gen' in state) || input.gen !== state.gen)) return [state];
  switch (state.kind) {
    case 'stopped':
    case 'failed':
      return input.kind === 'start' ? launch(input.hasTemplate ? 'resume' : 'build', nextGen) : [state];
    case 'starting':
      return stepStarting(state, input, nextGen);
    case 'ready':
      if (input.kind === 'stop') return stopProcess(state.gen, state.pid, null);
      return input.kind === 'exited' ? ended(input.failure) : [state];
    case 'stopping':
      if (input.kind === 'exited') return ended(state.because);
      return input.kind === 'term-timer' ? [state, { kind: 'kill', gen: state.gen, pid: state.pid }] : [state];
  }
}
