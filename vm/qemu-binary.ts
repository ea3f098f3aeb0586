/** Which QEMU is installed and what it can do. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { VmFailureError } from './failures';

const execute = promisify(execFile);

export interface QemuBinary {
  readonly command: string;
  readonly version: string;
  /** Whether it has the seccomp filter */
  readonly canSandbox: boolean;
}

export const qemuCommand = (arch: string): string => (arch === 'arm64' ? 'qemu-system-aarch64' : 'qemu-system-x86_64');

/** @throws VmFailureError `qemu_missing` or `spawn_failed` */
export async function findQemu(command = qemuCommand(process.arch)): Promise<QemuBinary> {
  try {
    const [{ stdout: version }, { stdout: help }] = await Promise.all([
      execute(command, ['--version'], { timeout: 20_000 }),
      execute(command, ['--help'], { timeout: 20_000, maxBuffer: 4 << 20 }),
    ]);
    const number = /version (\S+)/.exec(version)?.[1] ?? version.split('\n')[0] ?? 'unknown';
    return { command, version: number, canSandbox: help.includes('-sandbox') };
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new VmFailureError(isMissing ? 'qemu_missing' : 'spawn_failed', command, { cause: error });
  }
}
