import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeWholeFolder, removeUnfinished } from './whole-folder';

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'piwork-whole-folder-'));
});
afterEach(() => rm(parent, { recursive: true }));

test('a folder appears with all its files', async () => {
  await makeWholeFolder(join(parent, 'key'), (folder) => writeFile(join(folder, 'a'), 'content'));
  expect(await readdir(parent)).toEqual(['key']);
  expect(await readFile(join(parent, 'key/a'), 'utf8')).toBe('content');
});

test('a failed build leaves nothing', async () => {
  const failing = makeWholeFolder(join(parent, 'key'), async (folder) => {
    await writeFile(join(folder, 'a'), 'half');
    throw new Error('disk full');
  });
  await expect(failing).rejects.toThrow('disk full');
  expect(await readdir(parent)).toEqual([]);
});

test('keeps the folder of a faster builder', async () => {
  await makeWholeFolder(join(parent, 'key'), async (folder) => {
    await makeWholeFolder(join(parent, 'key'), (faster) => writeFile(join(faster, 'a'), 'first'));
    await writeFile(join(folder, 'a'), 'second');
  });
  expect(await readFile(join(parent, 'key/a'), 'utf8')).toBe('first');
});

test('removes what a builder that no longer runs left, and keeps what a running one makes', async () => {
  const deadPid = 2 ** 22 + 1;
  await mkdir(join(parent, `.building-${deadPid}-x`));
  await mkdir(join(parent, `.building-${process.pid}-x`));
  await removeUnfinished(parent);
  expect(await readdir(parent)).toEqual([`.building-${process.pid}-x`]);
});
