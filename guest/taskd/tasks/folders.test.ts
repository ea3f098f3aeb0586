import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkWorkingFolder, prepareTaskFolders, taskFolders } from './folders';

let root = '';

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'piwork-folders-'));
  await mkdir(join(root, 'docs', 'letters'), { recursive: true });
  await mkdir(join(root, 'elsewhere'));
  await writeFile(join(root, 'docs', 'note.txt'), 'text');
  await symlink('letters', join(root, 'docs', 'link-inside'));
  await symlink('/etc', join(root, 'docs', 'link-outside'));
  await symlink(join(root, 'elsewhere'), join(root, 'link-first'));
  await symlink('nowhere', join(root, 'dangling'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

test.each(['', 'docs', 'docs/letters'])('a folder of the share may be bound: %j', async (path) => {
  await expect(checkWorkingFolder(path, root)).resolves.toBeUndefined();
});

test.each([
  ['none', 'none does not exist'],
  ['docs/none', 'none does not exist'],
  ['docs/note.txt', 'note.txt is not a folder'],
  ['docs/note.txt/deeper', 'note.txt is not a folder'],
  ['docs/link-inside', 'link-inside is a symbolic link'],
  ['docs/link-outside', 'link-outside is a symbolic link'],
  ['docs/link-outside/ssl', 'link-outside is a symbolic link'],
  ['link-first', 'link-first is a symbolic link'],
  ['dangling', 'dangling is a symbolic link'],
])('%j may not', async (path, why) => {
  await expect(checkWorkingFolder(path, root)).rejects.toMatchObject({
    code: 'WORKSPACE_POLICY_VIOLATION',
    message: `The folder ${path} cannot be bound: ${why}.`,
  });
});

test('a task has its folders made once, and a session only when something is in it', async () => {
  const folders = taskFolders('task-1', root);
  expect(await prepareTaskFolders(folders)).toBe(false);
  expect((await readdir(join(root, 'task-1'))).sort()).toEqual(['outputs', 'session', 'uploads']);
  await writeFile(folders.sessionFile, '');
  expect(await prepareTaskFolders(folders)).toBe(false);
  await writeFile(folders.sessionFile, '{"type":"session"}\n');
  expect(await prepareTaskFolders(folders)).toBe(true);
});
