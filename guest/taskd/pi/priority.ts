/**
 * A parked process must not slow down the tasks that work, so it loads at low priority, until a task waits for it.
 *
 * Linux divides processor time between sessions (`autogroup`) before it looks at the priorities of processes, and a
 * sandbox is a session of its own. So both are set: `parking.ts` lowers its session's, and here both rise again.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { getPriority, setPriority } from 'node:os';
import { dirname } from 'node:path';

/** 0 is normal, 19 the lowest */
const lowPriority = 10;

/** Starts a program at low priority; what it starts inherits that. */
export const atLowPriority = (program: string): readonly string[] => ['nice', '-n', String(lowPriority), program];

/** Gives the session of this process the process's own low priority. Sessions may have none. */
export async function lowerOwnSession(): Promise<void> {
  // A task may wait for it already.
  if (getPriority() <= 0) return;
  await writeFile('/proc/self/autogroup', String(getPriority())).catch(() => undefined);
}

/** The ids of the threads of a process and of what it started. What is gone has none. */
async function threadsOf(pid: number, proc: string): Promise<readonly string[]> {
  const tasks = `${proc}/${pid}/task`;
  const threads = await readdir(tasks).catch(() => []);
  const children = await Promise.all(
    threads.map((thread) => readFile(`${tasks}/${thread}/children`, 'utf8').catch(() => '')),
  );
  const pids = children
    .join(' ')
    .split(' ')
    .filter((word) => word !== '');
  const below = await Promise.all(pids.map((child) => threadsOf(Number(child), proc)));
  return [...threads.map((thread) => `${tasks}/${thread}`), ...below.flat()];
}

export interface PriorityCalls {
  readonly proc: string;
  readonly setPriority: (thread: number, priority: number) => void;
}

/** Gives a process and all that it started normal priority. What can't be raised stays as it is. */
export async function raisePriority(
  pid: number,
  { proc, setPriority: set }: PriorityCalls = { proc: '/proc', setPriority },
): Promise<void> {
  const threads = await threadsOf(pid, proc);
  for (const thread of threads) {
    try {
      set(Number(thread.slice(thread.lastIndexOf('/') + 1)), 0);
    } catch {
      // It has ended in the meantime.
    }
  }
  const processes = new Set(threads.map((thread) => dirname(dirname(thread))));
  await Promise.all([...processes].map((one) => writeFile(`${one}/autogroup`, '0').catch(() => undefined)));
}
