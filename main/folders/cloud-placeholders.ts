/**
 * Files that are listed but still in the cloud: reading one downloads it, and a program may believe that it is empty.
 */
import { lstat, readdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';

/** How many names are checked. */
const lookedAt = 300;
/** Smaller files may be stored without separate blocks. */
const smallest = 65_536;
const fuse = 0x65735546;

/** How iCloud names them before macOS 14 */
const stub = /^\..+\.icloud$/;

/**
 * The path of such a file below `folder`; `null` if there is none among the first names of the folder and its
 * subfolders.
 */
export async function placeholderIn(
  folder: string,
  platform: NodeJS.Platform = process.platform,
): Promise<string | null> {
  // On Linux disks, a file without blocks is only a hole.
  if (platform === 'linux' && (await statfs(folder).catch(() => null))?.type !== fuse) return null;
  const waiting = [''];
  let looked = 0;
  for (let below = waiting.shift(); below !== undefined; below = waiting.shift()) {
    for (const entry of await readdir(join(folder, below), { withFileTypes: true }).catch(() => [])) {
      if (++looked > lookedAt) return null;
      const path = join(below, entry.name);
      if (entry.isDirectory()) waiting.push(path);
      if (!entry.isFile()) continue;
      if (stub.test(entry.name)) return path;
      const stats = await lstat(join(folder, path)).catch(() => null);
      if (stats && stats.size >= smallest && stats.blocks === 0) return path;
    }
  }
  return null;
}
