import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const unfinishedPrefix = '.building-';

async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs and belongs to someone else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Removes unfinished folders left by builders that no longer run. */
export async function removeUnfinished(parent: string): Promise<void> {
  await mkdir(parent, { recursive: true });
  for (const name of await readdir(parent)) {
    if (!name.startsWith(unfinishedPrefix)) continue;
    const pid = Number(name.slice(unfinishedPrefix.length).split('-')[0]);
    if (!isRunning(pid)) await rm(join(parent, name), { recursive: true, force: true });
  }
}

/**
 * Makes a folder that either has all its files or doesn't exist.
 *
 * `fill` writes into a temporary folder beside it, which is then synced and renamed. If another builder was faster, its
 * folder stays and ours is removed: same name, same content.
 */
export async function makeWholeFolder(folder: string, fill: (unfinished: string) => Promise<void>): Promise<void> {
  const parent = dirname(folder);
  const unfinished = join(parent, `${unfinishedPrefix}${process.pid}-${randomUUID()}`);
  await mkdir(unfinished, { recursive: true });
  try {
    await fill(unfinished);
    for (const name of await readdir(unfinished)) await syncPath(join(unfinished, name));
    await syncPath(unfinished);
    await renameUnlessThere(unfinished, folder);
    await syncPath(parent);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function renameUnlessThere(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
  }
}
