import type { VmStatus } from '../../../schema/vm-api';
import { readyVm } from '../../dev/data/vm';
import { phasePart, phaseTime, runningPhase, vmStartingLabel, vmSummary } from './vm-words';

const resuming: VmStatus = {
  kind: 'resuming',
  pid: 1,
  phases: [
    { name: 'starting_qemu', startedAt: 0, durationMs: 100 },
    { name: 'resuming', startedAt: 100, expectedMs: 600 },
  ],
};

test('a workspace that starts says what it does', () => {
  expect(vmStartingLabel(resuming)).toBe('Resuming the workspace…');
  expect(vmSummary(resuming)).toEqual({ dot: 'starting', label: 'Resuming the workspace…', note: null });
  expect([vmStartingLabel(readyVm), vmStartingLabel(undefined)]).toEqual([null, null]);
  expect(vmStartingLabel({ kind: 'resuming', pid: null, phases: [] })).toBe('Starting the workspace…');
});

test('emulation is shown', () => {
  expect(vmSummary(readyVm)).toMatchObject({ label: 'Workspace ready', note: 'emulated' });
  expect(vmSummary({ ...readyVm, accelerator: 'kvm' } as VmStatus).note).toBeNull();
});

test('a phase shows its time, and its earlier duration while it runs', () => {
  const phase = runningPhase(resuming)!;
  expect(phaseTime(phase, 500)).toBe('0.4 s of about 0.6 s');
  expect(phaseTime({ ...phase, durationMs: 610 }, 9000)).toBe('0.6 s');
  expect(phaseTime({ name: 'parking', startedAt: 0 }, 12_000)).toBe('12 s');
  expect([phasePart(phase, 400), phasePart(phase, 99_000), phasePart({ name: 'parking', startedAt: 0 }, 5)]).toEqual([
    0.5,
    0.96,
    null,
  ]);
});
