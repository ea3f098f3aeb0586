/** Why a pack could not be built. */
export type PackErrorCode =
  | 'cancelled'
  | 'disk_full'
  | 'input_missing'
  | 'integrity'
  | 'network'
  | 'no_permission'
  | 'tool_failed'
  | 'tool_missing'
  | 'unsupported';

/** A failure of the pack builder; its message says what to do next. */
export class PackError extends Error {
  override readonly name = 'PackError';
  readonly code: PackErrorCode;

  constructor(code: PackErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

const networkTrouble =
  /Temporary failure resolving|Could not resolve|Could not connect|Unable to connect|Failed to fetch|Connection (timed out|refused|failed)|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|network request to/i;
const diskFull = /No space left on device|ENOSPC|Disk quota exceeded|EDQUOT/i;
const noPermission = /EACCES|EPERM|EROFS|Permission denied|Read-only file system/i;

/** Finds the cause of a tool's failure in its output; undefined when the output doesn't show it. */
export function causeInOutput(output: string): 'disk_full' | 'network' | 'no_permission' | undefined {
  if (diskFull.test(output)) return 'disk_full';
  if (networkTrouble.test(output)) return 'network';
  if (noPermission.test(output)) return 'no_permission';
  return undefined;
}

const advice: Record<PackErrorCode, string> = {
  cancelled: 'Run the same command again to continue. Finished parts are kept.',
  disk_full: 'Free about 2 GB (or point PIWORK_CACHE at a disk with more space) and run the same command again.',
  input_missing: 'Run `npm run pack` first.',
  integrity:
    'Nothing from it was used. Check the package registry in your npm configuration and run the command again.',
  network: 'Check the network (and proxy or mirror settings of npm and apt) and run the same command again.',
  no_permission: 'Make the folder writable, or point PIWORK_CACHE at a writable one, and run the same command again.',
  tool_failed: 'Read the last lines of its output above.',
  tool_missing: 'Install it and run the same command again.',
  unsupported: 'Build the pack on Debian or Ubuntu, or use a pack that was built there.',
};

/** The sentence that tells the user what to do after an error of this code. */
export function adviceFor(code: PackErrorCode): string {
  return advice[code];
}

/** Turns any thrown value into a PackError; its code or text gives the cause. */
export function asPackError(thrown: unknown): PackError {
  if (thrown instanceof PackError) return thrown;
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  if (error.name === 'AbortError') return new PackError('cancelled', 'Stopped.', { cause: error });
  return new PackError(causeInOutput(error.message) ?? 'tool_failed', error.message, { cause: error });
}
