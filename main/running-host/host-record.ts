/** Which host serves a state folder: one at a time, found by a record in the folder. */
import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { startTime } from '../../node/process-start';

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
    // Torn by a crash: it names no host.
    return null;
  }
}

/** Whether the recorded process is still the same one. */
export function isAlive({ pid, startedAt }: HostRecord): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return startTime(pid) === startedAt;
}

/** On file systems without hard links, the record is written in two steps. */
const noLinks: ReadonlySet<string | undefined> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

/** Writes a complete record unless one exists; returns whether it did. */
async function putRecord(path: string, record: HostRecord): Promise<boolean> {
  const text = JSON.stringify(record);
  const beside = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    await writeFile(beside, text, { flag: 'wx', mode: 0o600 });
    await link(beside, path).catch((error: unknown) => {
      if (!noLinks.has((error as NodeJS.ErrnoException).code)) throw error;
      return writeFile(path, text, { flag: 'wx', mode: 0o600 });
    });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(beside, { force: true });
  }
}

/** Removes a record that names no living host, unless another host has written its own in the meantime. */
async function removeStale(path: string): Promise<void> {
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    await rename(path, aside);
    const moved = await readHostRecord(aside);
    if (moved && isAlive(moved)) await link(aside, path);
  } catch (error) {
    // Somebody else removed it, or has already written another.
    if (!['ENOENT', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

/** Claims the state folder. If a living host has it, returns that host. */
export async function claimStateFolder(path: string, socket: string): Promise<HostRecord | null> {
  const record: HostRecord = { pid: process.pid, startedAt: startTime(process.pid), socket };
  while (!(await putRecord(path, record))) {
    const holder = await readHostRecord(path);
    if (holder && isAlive(holder)) return holder;
    await removeStale(path);
  }
  return null;
}

export const releaseStateFolder = (path: string): Promise<void> => rm(path, { force: true });
