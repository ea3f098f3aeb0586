/** Processes of one app, found by what only they have, so that a child left behind is found too. */
import { readdirSync, readFileSync } from 'node:fs';

export interface Found {
  readonly pid: number;
  readonly command: string;
}

const read = (pid: number, name: 'cmdline' | 'environ' | 'stat'): string => {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    // It has ended in the meantime, or belongs to somebody else.
    return '';
  }
};

const isZombie = (pid: number): boolean => {
  const stat = read(pid, 'stat');
  return stat === '' || stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
};

/** Every process whose environment or command line names the app's folder. QEMU inherits the environment. */
export function processesOf(folder: string): Found[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid && !isZombie(pid))
    .map((pid) => ({
      pid,
      command: read(pid, 'cmdline').replaceAll('\0', ' ').trim(),
      environment: read(pid, 'environ'),
    }))
    .filter(({ command, environment }) => command.includes(folder) || environment.includes(folder))
    .map(({ pid, command }) => ({ pid, command }));
}

export const qemusOf = (folder: string): Found[] =>
  processesOf(folder).filter(({ command }) => /^\S*qemu-system-/.test(command));

/** Kills a process that won't end by itself; no error when it is gone. */
export function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Already gone.
  }
}
