/**
 * A real kernel in front of a server: mounts it, and runs shell scripts in the mounted folder, each with a time limit.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileServer } from '../file-server';

export interface KernelMount {
  readonly path: string;
  /** What a script printed, and its exit code; `null` when it was killed for taking too long */
  run(script: string, limitMs?: number): Promise<{ readonly output: string; readonly exitCode: number | null }>;
  unmount(): Promise<void>;
}

/** Whether this machine allows a test to mount. */
export function canMount(): boolean {
  try {
    accessSync('/dev/fuse', constants.R_OK | constants.W_OK);
    return process.platform === 'linux' && process.getuid?.() === 0;
  } catch {
    return false;
  }
}

export async function mountInKernel(server: FileServer): Promise<KernelMount> {
  const folder = mkdtempSync(join(tmpdir(), 'piwork-mount-'));
  const path = join(folder, 'mnt');
  mkdirSync(path);
  const listener = createServer((stream) => server.serve(stream)).listen(join(folder, 'sock'));
  await once(listener, 'listening');
  const pump = spawn('python3', [join(__dirname, 'pump.py'), join(folder, 'sock'), path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const started = await Promise.race([once(pump.stdout, 'data'), once(pump, 'exit')]);
  if (!String(started[0]).includes('mounted')) throw new Error('The pump did not mount.');
  return {
    path,
    run: (script, limitMs = 20_000) => run(script, path, limitMs),
    unmount: async () => {
      await lazily(path);
      await ended(pump);
      listener.close();
      rmSync(folder, { recursive: true });
    },
  };
}

function run(script: string, cwd: string, limitMs: number): ReturnType<KernelMount['run']> {
  // The shell itself enters the folder: a server that hangs must not block the spawn in this process.
  const args = ['-c', `cd '${cwd}' || exit 99\n${script}`];
  return new Promise((resolve) => {
    const options = { timeout: limitMs, killSignal: 'SIGKILL' as const, maxBuffer: 64 << 20 };
    const child = execFile('bash', args, options, (_error, stdout, stderr) =>
      resolve({ output: stdout + stderr, exitCode: child.exitCode }),
    );
  });
}

/** Also frees processes that hang in it. */
async function lazily(path: string): Promise<void> {
  await new Promise<void>((resolve) => execFile('umount', ['-l', path], () => resolve()));
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}
