/** What went wrong with the VM, in sentences for people. */
import type { VmFailure, VmFailureReason } from './vm-api';

export const vmFailureSentences: Record<VmFailureReason, string> = {
  qemu_missing:
    "QEMU isn't installed. Run `npm start` in a terminal to install it, or install the package qemu-system-x86.",
  spawn_failed: "Piwork couldn't start QEMU. Run `npm start -- doctor` to see why.",
  crashed: 'The workspace stopped unexpectedly. Your tasks and files are safe. Restart it to continue.',
  boot_timeout: "The workspace didn't respond in time. Restart it. If this happens again, run `npm start -- doctor`.",
  pack_missing: 'The runtime pack is missing. Run `npm run pack` to build it.',
  pack_damaged: 'A file of the runtime pack is damaged. Run `npm run pack` to build it again.',
  disk_full: 'The disk is full. Free about 1 GB and try again.',
  port_taken: 'Piwork found no free port for the workspace. Close other programs and try again.',
  guest_failed: "The workspace couldn't start. Try again. If this happens again, run `npm start -- doctor`.",
  template_failed: "The workspace couldn't be prepared for fast starts. Try again.",
  worker_died: 'The part of Piwork that runs the workspace stopped unexpectedly. Restart it to continue.',
};

/** A failure with its standard advice; `detail` is what the machine reported. */
export function vmFailure(reason: VmFailureReason, detail = '', logTail: readonly string[] = []): VmFailure {
  return {
    reason,
    message: detail === '' ? vmFailureSentences[reason] : `${vmFailureSentences[reason]} (${detail})`,
    logTail: [...logTail],
  };
}
