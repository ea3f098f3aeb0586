/** The workspace's states in words. */
import type { VmPhase, VmPhaseName, VmStatus } from '../../../schema/vm-api';
import { formatDuration } from '../../ui/format';
import type { DotKind } from '../../ui/StatusDot';

const phaseWords: Record<VmPhaseName, string> = {
  checking_accelerator: 'Checking this computer',
  booting_template: 'First-time setup',
  parking: 'Preparing agents',
  saving_template: 'Saving it for next time',
  starting_qemu: 'Starting the virtual machine',
  resuming: 'Resuming the workspace',
  starting_guest: 'Waking the workspace',
  connecting: 'Connecting to the workspace',
};

export const phaseLabel = (name: VmPhaseName): string => phaseWords[name];

const isStarting = (vm: VmStatus | undefined): vm is Extract<VmStatus, { kind: 'resuming' | 'building_template' }> =>
  vm?.kind === 'resuming' || vm?.kind === 'building_template';

/** The phase in progress while the workspace starts. */
export const runningPhase = (vm: VmStatus | undefined): VmPhase | undefined =>
  isStarting(vm) ? vm.phases.findLast((phase) => phase.durationMs === undefined) : undefined;

/** What the workspace does while it starts, or `null` when it isn't starting. */
export function vmStartingLabel(vm: VmStatus | undefined): string | null {
  if (!isStarting(vm)) return null;
  const phase = runningPhase(vm);
  return `${phase ? phaseLabel(phase.name) : 'Starting the workspace'}…`;
}

/** How long a phase has been running, and how long it took before: `0.4 s of about 0.6 s`. */
export function phaseTime(phase: VmPhase, now: number): string {
  const elapsed = formatDuration(phase.durationMs ?? Math.max(0, now - phase.startedAt));
  const isOver = phase.durationMs !== undefined;
  return isOver || phase.expectedMs === undefined ? elapsed : `${elapsed} of about ${formatDuration(phase.expectedMs)}`;
}

/**
 * The finished part of a phase, estimated from its last duration and below 1 until it ends; `null` if that is unknown.
 */
export function phasePart(phase: VmPhase, now: number): number | null {
  if (phase.expectedMs === undefined || phase.expectedMs === 0) return null;
  return Math.min(0.96, Math.max(0, now - phase.startedAt) / phase.expectedMs);
}

export interface VmSummary {
  readonly dot: DotKind;
  readonly label: string;
  /** Shown beside the label */
  readonly note: string | null;
}

/** The workspace in a few words. It starts by itself when a task needs it. */
export function vmSummary(vm: VmStatus): VmSummary {
  switch (vm.kind) {
    case 'stopped':
      return { dot: 'idle', label: 'Workspace asleep', note: null };
    case 'failed':
      return { dot: 'failed', label: 'Workspace failed', note: null };
    case 'building_template':
    case 'resuming':
      return { dot: 'starting', label: vmStartingLabel(vm) ?? '', note: null };
    case 'ready':
      return { dot: 'unread', label: 'Workspace ready', note: vm.accelerator === 'tcg' ? 'emulated' : null };
    case 'stopping':
      return { dot: 'starting', label: 'Workspace stopping…', note: null };
  }
}
