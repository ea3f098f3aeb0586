/** A workspace that resumes in about a second, phase by phase. */
import type { VmPhase, VmPhaseName } from '../../../schema/vm-api';
import type { FakeHost } from './fake-host';
import { readyVm } from '../data/vm';

const script: readonly { readonly name: VmPhaseName; readonly expectedMs: number }[] = [
  { name: 'starting_qemu', expectedMs: 120 },
  { name: 'resuming', expectedMs: 620 },
  { name: 'connecting', expectedMs: 90 },
];

/** Goes through the phases and ends ready. */
export function startFakeVm(host: FakeHost): void {
  const step = (index: number, done: readonly VmPhase[]): void => {
    const next = script[index];
    if (!next) return host.setVm(readyVm);
    const phase: VmPhase = { ...next, startedAt: host.now() };
    host.setVm({ kind: 'resuming', phases: [...done, phase], pid: 4711 });
    host.after(next.expectedMs, () => step(index + 1, [...done, { ...phase, durationMs: next.expectedMs }]));
  };
  step(0, []);
}
