import { mkdir, mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pruneFolders } from './prune';

test('removes the folders that were used longest ago, never the current one', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'piwork-prune-'));
  for (const [index, name] of ['current', 'older', 'newer', 'newest'].entries()) {
    await mkdir(join(parent, name));
    await utimes(join(parent, name), index, index);
  }
  await pruneFolders(parent, 2, join(parent, 'current'));
  expect((await readdir(parent)).sort()).toEqual(['current', 'newer', 'newest']);
  await rm(parent, { recursive: true });
});
