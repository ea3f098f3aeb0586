/**
 * A process and everything that it has started, found by parent. VTCode gives each command its own session, which a
 * signal to VTCode's group doesn't reach.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export interface ProcessParent {
  readonly pid: number;
  readonly parent: number;
}

/** The processes below `root`, without itself. Pure. */
export function descendantsOf(root: number, all: readonly ProcessParent[]): readonly number[] {
  const found: number[] = [];
  const open = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const children = all.filter(({ pid, parent }) => parent === next && pid !== next).map(({ pid }) => pid);
    found.push(...children);
    open.push(...children);
  }
  return found;
}

function parentIn(pid: string): readonly ProcessParent[] {
  try {
    // The name is in brackets and may contain anything; state and parent come after the last bracket.
    const [, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(/.*\) /s).at(-1)?.split(' ') ?? [];
    return [{ pid: Number(pid), parent: Number(parent) }];
  } catch {
    // ENOENT, ESRCH: it has ended meanwhile.
    return [];
  }
}

function allProcesses(): readonly ProcessParent[] {
  if (process.platform === 'linux')
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap(parentIn);
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8', timeout: 5000 });
  return stdout.split('\n').flatMap((line) => {
    const [pid, parent] = line.trim().split(/\s+/).map(Number);
    return pid === undefined || parent === undefined ? [] : [{ pid, parent }];
  });
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // ESRCH: it has already ended.
  }
}

/**
 * Kills the process, its group, and all processes below it. A process that has detached from its parent before
 * survives.
 */
export function killTree(pid: number): void {
  // Stopped first, so that it starts nothing while its children are looked up.
  signal(pid, 'SIGSTOP');
  for (const child of descendantsOf(pid, allProcesses())) signal(child, 'SIGKILL');
  signal(-pid, 'SIGKILL');
  signal(pid, 'SIGKILL');
}
