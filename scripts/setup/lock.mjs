import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const pollMs = 250;

/**
 * Takes a lock that one process can have at a time, and waits for its owner. Takes over the lock of a process that no
 * longer runs.
 *
 * @param {string} file
 * @param {{ signal: AbortSignal, onWait: (holder: number) => void }} options `onWait` is called once
 * @returns {Promise<() => Promise<void>>} releases the lock
 */
export async function takeLock(file, { signal, onWait }) {
  await mkdir(dirname(file), { recursive: true });
  const mine = `${file}.${process.pid}`;
  await writeFile(mine, String(process.pid));
  try {
    for (let isFirstTry = true; ; isFirstTry = false) {
      // A link appears complete or not at all: nobody reads a lock without its owner.
      if (await linked(mine, file)) return () => rm(file, { force: true });
      const holder = await holderOf(file);
      if (holder !== undefined && !isRunning(holder)) {
        await removeStale(file, holder);
        continue;
      }
      if (isFirstTry && holder !== undefined) onWait(holder);
      await wait(pollMs, undefined, { signal });
    }
  } finally {
    await rm(mine, { force: true });
  }
}

/**
 * @param {string} from
 * @param {string} to
 */
async function linked(from, to) {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
}

/** @param {string} file */
async function holderOf(file) {
  try {
    return Number(await readFile(file, 'utf8'));
  } catch {
    // Released at this moment.
    return undefined;
  }
}

/**
 * @param {string} file
 * @param {number} holder
 */
async function removeStale(file, holder) {
  const aside = `${file}.stale-${process.pid}`;
  try {
    await rename(file, aside);
  } catch {
    // Another process was faster.
    return;
  }
  // Between our check and the rename, another process may have taken the lock: then it is put back.
  if ((await holderOf(aside)) !== holder) await linked(aside, file);
  await rm(aside, { force: true });
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
