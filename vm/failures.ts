/** Errors of QEMU and the guest, and the failure that each one means. */
import type { VmFailure, VmFailureReason } from '../schema/vm-api';
import { vmFailure, vmFailureSentences } from '../schema/vm-failures';

/** An error that already knows its reason. */
export class VmFailureError extends Error {
  constructor(
    readonly reason: VmFailureReason,
    readonly detail = '',
    options?: ErrorOptions,
  ) {
    super(vmFailureSentences[reason] + (detail === '' ? '' : ` (${detail})`), options);
    this.name = 'VmFailureError';
  }
}

/**
 * The reason for any error during a start; `otherwise` when the error has no reason itself. Operating system codes go
 * into the log, where a person looks only when the message isn't enough.
 */
export function toVmFailure(error: unknown, otherwise: VmFailureReason, logTail: readonly string[] = []): VmFailure {
  if (error instanceof VmFailureError) {
    const { reason, detail, cause } = error;
    return vmFailure(reason, detail, cause instanceof Error ? [...logTail, cause.message] : logTail);
  }
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC') return vmFailure('disk_full', '', logTail);
  return vmFailure(otherwise, '', [...logTail, message]);
}

/** The reason why QEMU ended, from the last lines it printed. */
export function exitFailure(code: number | null, signal: string | null, logTail: readonly string[]): VmFailure {
  const text = logTail.join('\n');
  // The guest's memory is a file. When the disk has no room for one of its pages, SIGBUS ends QEMU.
  if (signal === 'SIGBUS' || /No space left on device/i.test(text)) return vmFailure('disk_full', '', logTail);
  if (/Could not set up host forwarding/i.test(text)) return vmFailure('port_taken', '', logTail);
  return vmFailure('crashed', '', [...logTail, `QEMU stopped: ${signal ?? `code ${String(code)}`}`]);
}
