import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasSession, taskFolders } from './folders';

let root = '';
beforeEach(async () => (root = await mkdtemp(join(tmpdir(), 'piwork-folders-'))));
afterEach(() => rm(root, { recursive: true, force: true }));

test("a session exists only when it isn't empty", async () => {
  const folders = taskFolders('task-1', root);
  await mkdir(folders.session, { recursive: true });
  expect(await hasSession(folders)).toBe(false);
  await writeFile(folders.sessionFile, '');
  expect(await hasSession(folders)).toBe(false);
  await writeFile(folders.sessionFile, '{"type":"session"}\n');
  expect(await hasSession(folders)).toBe(true);
});

test("a task can't be opened when its folders aren't served", async () => {
  await expect(hasSession(taskFolders('task-1', root))).rejects.toMatchObject({ code: 'TASK_BOOTSTRAP_FAILED' });
});
