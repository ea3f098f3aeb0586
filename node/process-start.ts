/** Tells one process from another that later has its pid. */
import { readFileSync } from 'node:fs';

/** When a process started, in the kernel's ticks: pids come again, this pair does not. Empty where there is no /proc. */
export function startTime(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The program's name may hold spaces and brackets; the fields after the last bracket are plain.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
