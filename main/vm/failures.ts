/** What went wrong with the VM, as people need to hear it. */
import type { z } from 'zod';
import type { vmFailureReason, VmFailure } from '../../schema/vm-api';

type Reason = z.output<typeof vmFailureReason>;

const sentences: Record<Reason, string> = {
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
export function vmFailure(reason: Reason, detail = '', logTail: readonly string[] = []): VmFailure {
  return {
    reason,
    message: detail === '' ? sentences[reason] : `${sentences[reason]} (${detail})`,
    logTail: [...logTail],
  };
}

/** An error that already knows its reason. */
export class VmFailureError extends Error {
  constructor(
    readonly reason: Reason,
    readonly detail = '',
    options?: ErrorOptions,
  ) {
    super(sentences[reason] + (detail === '' ? '' : ` (${detail})`), options);
    this.name = 'VmFailureError';
  }
}

/** The reason behind any error met while starting; `otherwise` where it says nothing of its own. */
export function toVmFailure(error: unknown, otherwise: Reason, logTail: readonly string[] = []): VmFailure {
  if (error instanceof VmFailureError) return vmFailure(error.reason, error.detail, logTail);
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC') return vmFailure('disk_full', '', logTail);
  return vmFailure(otherwise, message, logTail);
}

/** The reason why QEMU ended, from what it printed last. */
export function exitFailure(code: number | null, signal: string | null, logTail: readonly string[]): VmFailure {
  const text = logTail.join('\n');
  // Guest memory is a file: a page of it that finds no room on the disk ends QEMU with SIGBUS.
  if (signal === 'SIGBUS' || /No space left on device/i.test(text)) return vmFailure('disk_full', '', logTail);
  if (/Could not set up host forwarding/i.test(text)) return vmFailure('port_taken', '', logTail);
  return vmFailure('crashed', signal === null ? `exit code ${String(code)}` : signal, logTail);
}
