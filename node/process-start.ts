/** Distinguishes a process from a later one with the same pid. */
import { readFileSync } from 'node:fs';

/**
 * When a process started, in the kernel's ticks. Pids are reused, but not with the same start time. Empty where there
 * is no /proc.
 */
export function startTime(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The program's name may contain spaces and brackets; the fields after the last bracket don't.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
