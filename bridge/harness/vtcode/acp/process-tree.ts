/**
 * A process and everything that it has started, by their parents: VTCode gives each of its commands a session of its
 * own, which a signal to VTCode's group does not reach.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export interface ProcessParent {
  readonly pid: number;
  readonly parent: number;
}

/** Below `root`, without itself. Pure. */
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
    // The name stands in brackets and may hold anything; state and parent come behind the last one.
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
    // ESRCH: it has ended already.
  }
}

/** Ends the process, its group, and all below it; what has cut itself off from its parent before lives on. */
export function killTree(pid: number): void {
  // Held still, so that it starts nothing while its children are looked up.
  signal(pid, 'SIGSTOP');
  for (const child of descendantsOf(pid, allProcesses())) signal(child, 'SIGKILL');
  signal(-pid, 'SIGKILL');
  signal(pid, 'SIGKILL');
}
