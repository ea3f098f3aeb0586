/** What went wrong with the VM, in sentences for people. */
import type { VmFailure, VmFailureReason } from './vm-api';

export const vmFailureSentences: Record<VmFailureReason, string> = {
  qemu_missing:
    'QEMU is not installed. Run `npm start` in a terminal to install it, or install the package qemu-system-x86.',
  spawn_failed: 'QEMU could not be started. Run `npm start -- doctor` to see why.',
  crashed: 'The workspace stopped unexpectedly. Start it again; your files and tasks are as they were.',
  boot_timeout: 'The workspace did not answer in time. Start it again; if this repeats, run `npm start -- doctor`.',
  pack_missing: 'The runtime pack is missing. Run `npm run pack` to build it.',
  pack_damaged: 'A file of the runtime pack is damaged. Run `npm run pack` to build it again.',
  disk_full: 'The disk is full. Free about 1 GB and start again.',
  port_taken: 'No port was free on this computer for the workspace. Close what holds them and start again.',
  guest_failed: 'The workspace could not get ready. Start it again; if this repeats, run `npm start -- doctor`.',
  template_failed: 'The workspace could not be prepared for fast starts. Start it again to prepare it anew.',
  worker_died: 'The part of Piwork that runs the workspace ended unexpectedly. Start it again.',
};

/** A failure with its standing advice; `detail` is what the machine said. */
export function vmFailure(reason: VmFailureReason, detail = '', logTail: readonly string[] = []): VmFailure {
  return {
    reason,
    message: detail === '' ? vmFailureSentences[reason] : `${vmFailureSentences[reason]} (${detail})`,
    logTail: [...logTail],
  };
}
