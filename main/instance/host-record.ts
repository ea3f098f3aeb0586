/** Who serves a state folder: one host at a time, found by a record in the folder. */
import { open, readFile, rm } from 'node:fs/promises';
import { z } from 'zod';
import { startTime } from '../vm/orphans';

const hostRecord = z.strictObject({
  pid: z.number().int().positive(),
  startedAt: z.string(),
  /** Unix socket of mode 0600 on which the host serves `app-api` */
  socket: z.string(),
});
export type HostRecord = z.output<typeof hostRecord>;

export async function readHostRecord(path: string): Promise<HostRecord | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    return hostRecord.parse(JSON.parse(text));
  } catch {
    // Torn by a crash: it names nobody.
    return null;
  }
}

/** Whether the process that a record names is still that process. */
export function isAlive({ pid, startedAt }: HostRecord): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return startTime(pid) === startedAt;
}

/** Takes the state folder, unless a living host has it: then answers with that one. */
export async function claimStateFolder(path: string, socket: string): Promise<HostRecord | null> {
  for (;;) {
    const file = await open(path, 'wx', 0o600).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return null;
      throw error;
    });
    if (file) {
      const record: HostRecord = { pid: process.pid, startedAt: startTime(process.pid), socket };
      await file.writeFile(JSON.stringify(record)).finally(() => file.close());
      return null;
    }
    const holder = await readHostRecord(path);
    if (holder && isAlive(holder)) return holder;
    await rm(path, { force: true });
  }
}

export const releaseStateFolder = (path: string): Promise<void> => rm(path, { force: true });
