import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Removes all but the `kept` most recently used folders of a cache folder. Always keeps `current`. */
export async function pruneFolders(parent: string, kept: number, current: string): Promise<void> {
  const names = (await readdir(parent)).filter((name) => !name.startsWith('.'));
  const folders = await Promise.all(
    names.map(async (name) => ({ path: join(parent, name), usedAt: (await stat(join(parent, name))).mtimeMs })),
  );
  const oldest = folders.sort((a, b) => b.usedAt - a.usedAt).slice(kept);
  for (const { path } of oldest) {
    if (path !== current) await rm(path, { recursive: true, force: true });
  }
}
