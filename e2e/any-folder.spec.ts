/** Any folder can be added, on any disk, while the workspace runs; each side sees the other's changes immediately. */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './fixtures';
import { makeFolder } from './support/place';
import { qemusOf } from './support/processes';
import { runTask, saidIn } from './support/run-task';

test.use({ world: { name: 'any-folder' } });

const otherDisk = '/dev/shm';

test('a folder on another disk, and one far away, without restarting the workspace', async ({ piwork }) => {
  test.skip(!existsSync(otherDisk), 'there is no second file system here');
  const { place, host } = piwork;
  const first = await makeFolder(place, 'first', { 'word.txt': 'speedwell' });
  const folders = [first, await mkdtemp(join(otherDisk, 'piwork-')), await mkdtemp(join(tmpdir(), 'piwork-far-'))];
  expect((await stat(folders[1] ?? '')).dev).not.toBe((await stat(first)).dev);
  let machine: number | undefined;
  try {
    for (const folder of folders) {
      await writeFile(join(folder, 'word.txt'), 'speedwell');
      const { taskId } = await host['task.create']({ title: folder, folder, model: 'tour' });
      await runTask(
        host,
        taskId,
        'tour: run tr a-z A-Z < word.txt > big.txt; git init -q . && git add . && git status -s',
      );
      expect(await readFile(join(folder, 'big.txt'), 'utf8')).toBe('SPEEDWELL');
      const [running] = qemusOf(place.folder);
      expect(running).toBeDefined();
      machine ??= running?.pid;
      expect(running?.pid, 'the same workspace serves all').toBe(machine);
      // The agent sees an edit of the person when it looks next, even if it has read the file before.
      await writeFile(join(folder, 'word.txt'), 'larkspurs');
      await runTask(host, taskId, 'tour: run cat word.txt');
      expect(await saidIn(host, taskId)).toContain('larkspurs');
      const { turns } = await host['turn.list']({ taskId });
      await host['turn.take_back']({ taskId, turn: turns[0]?.turn ?? 0, isRedo: false });
      expect(existsSync(join(folder, 'big.txt'))).toBe(false);
      expect(existsSync(join(folder, '.git'))).toBe(false);
      expect(await readFile(join(folder, 'word.txt'), 'utf8')).toBe('larkspurs');
    }
  } finally {
    for (const folder of folders.slice(1)) await rm(folder, { recursive: true });
  }
});
