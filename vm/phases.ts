/** Start-up phases with their times, and how long they took on this machine before. */
import type { VmPhase, VmPhaseName } from '../schema/vm-api';

/** Durations in `ms` by phase, the newest last. */
export type PhaseHistory = Readonly<Partial<Record<VmPhaseName, readonly number[]>>>;

const keptDurations = 20;

/** The median time of a phase; undefined when it never ran here. */
export function expectedMs(history: PhaseHistory, name: VmPhaseName): number | undefined {
  const sorted = [...(history[name] ?? [])].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** The phases after `name` begins at `now`; the previous one ends. */
export function beginPhase(
  phases: readonly VmPhase[],
  name: VmPhaseName,
  now: number,
  history: PhaseHistory,
): readonly VmPhase[] {
  const expected = expectedMs(history, name);
  return [
    ...endPhases(phases, now),
    { name, startedAt: now, ...(expected === undefined ? {} : { expectedMs: expected }) },
  ];
}

/** The phases with the running one ended at `now`. */
export const endPhases = (phases: readonly VmPhase[], now: number): readonly VmPhase[] =>
  phases.map((phase) => (phase.durationMs === undefined ? { ...phase, durationMs: now - phase.startedAt } : phase));

/** The history with the finished phases added. */
export function withPhases(history: PhaseHistory, phases: readonly VmPhase[]): PhaseHistory {
  const next: Partial<Record<VmPhaseName, readonly number[]>> = { ...history };
  for (const { name, durationMs } of phases) {
    if (durationMs !== undefined) next[name] = [...(next[name] ?? []), durationMs].slice(-keptDurations);
  }
  return next;
}

const floorMs = { build: 600_000, resume: 60_000 } as const;
const buildPhases: readonly VmPhaseName[] = ['booting_template', 'parking', 'saving_template'];
const resumePhases: readonly VmPhaseName[] = ['starting_qemu', 'resuming', 'starting_guest', 'connecting'];

/** How long a start may be silent here, in `ms`: four times its usual time, but not less than a minimum. */
export function bootTimeoutMs(history: PhaseHistory, mode: 'build' | 'resume'): number {
  const names = mode === 'build' ? buildPhases : resumePhases;
  const usual = names.reduce((sum, name) => sum + (expectedMs(history, name) ?? 0), 0);
  return Math.max(floorMs[mode], usual * 4);
}
