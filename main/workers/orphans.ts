/**
 * A QEMU that outlived its host: recorded while it runs. At the next start it is ended, after a check that it is ours.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { startTime } from '../../node/process-start';

const record = z.strictObject({ pid: z.number().int().positive(), startedAt: z.string() });

/** Synchronous, so that there is never a process that isn't recorded. */
export function recordQemu(pidFile: string, pid: number): void {
  writeFileSync(pidFile, JSON.stringify({ pid, startedAt: startTime(pid) }), { mode: 0o600 });
}

export const forgetQemu = (pidFile: string): void => rmSync(pidFile, { force: true });

/** Ends a recorded process if it is still the one that was recorded. Returns its pid if it did. */
export async function endOrphan(pidFile: string): Promise<number | null> {
  const text = await readFile(pidFile, 'utf8').catch(() => null);
  if (text === null) return null;
  let ended: number | null = null;
  try {
    const { pid, startedAt } = record.parse(JSON.parse(text));
    if (startedAt !== '' && startTime(pid) === startedAt) {
      process.kill(pid, 'SIGKILL');
      ended = pid;
    }
  } catch {
    // A torn record names no process.
  }
  forgetQemu(pidFile);
  return ended;
}
