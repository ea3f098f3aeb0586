/**
 * Waiting for a process as long as it works.
 *
 * A clock can't tell a stuck process from a slow computer; the processor time that the process uses can.
 */
import { readFile } from 'node:fs/promises';

/** A process that gets less than this share of a processor doesn't work; an idle Node uses a tenth of it. */
const leastShare = 0.01;
/** No answer takes longer than this, however busy the process is, in `ms` */
const usualLongestMs = 15 * 60_000;
/** What Linux counts `utime` and `stime` in, per second */
const ticksPerSecond = 100;

/** Processor time of a process and its children, in `s`. What is gone counts as none. */
export async function cpuSecondsOf(pid: number): Promise<number> {
  const [stat, children] = await Promise.all([
    readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''),
    readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => ''),
  ]);
  // The name of the program is in parentheses and can contain anything; the numbers follow it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const own = (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / ticksPerSecond;
  const pids = children.split(' ').filter((word) => word !== '');
  const below = await Promise.all(pids.map((child) => cpuSecondsOf(Number(child))));
  return below.reduce((sum, seconds) => sum + seconds, own);
}

/**
 * Calls `onStalled` when the process did nothing in the second half of `stillMs`, or later in as long a time; at the
 * latest after `longestMs`, usually a quarter of an hour. Returns what cancels it.
 */
export function watchForStall(
  cpuSeconds: () => Promise<number>,
  stillMs: number,
  onStalled: () => void,
  longestMs = usualLongestMs,
): () => void {
  const startedAt = Date.now();
  const periodMs = stillMs / 2;
  let isOver = false;
  let timer: NodeJS.Timeout;
  const look = async (before: number | null): Promise<void> => {
    const now = await cpuSeconds();
    if (isOver) return;
    const isStill = before !== null && now - before < (periodMs / 1_000) * leastShare;
    if (isStill || Date.now() - startedAt >= longestMs) onStalled();
    else lookLater(now);
  };
  const lookLater = (before: number | null): void => {
    timer = setTimeout(() => void look(before), periodMs);
  };
  lookLater(null);
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}
