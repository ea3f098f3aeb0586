import type { VmStatus } from '../../../schema/vm-api';

/** A workspace that is ready, emulated. */
export const readyVm: VmStatus = {
  kind: 'ready',
  phases: [],
  pid: 4711,
  port: 19384,
  accelerator: 'tcg',
  startMs: 830,
};
