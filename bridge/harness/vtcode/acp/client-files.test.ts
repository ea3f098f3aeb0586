import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readForVtcode } from './client-files';

let scope: string;
let folder: string;
beforeEach(async () => {
  scope = await realpath(await mkdtemp(join(tmpdir(), 'piwork-read-')));
  folder = join(scope, 'work');
  await mkdir(folder);
  await writeFile(join(folder, 'a.txt'), '1\n2\n3\n');
  await writeFile(join(scope, 'secret.txt'), 'no');
  await symlink('../secret.txt', join(folder, 'link.txt'));
});
afterEach(async () => rm(scope, { recursive: true }));

test('reads files in the folder, whole or some lines', async () => {
  expect(await readForVtcode(folder, { path: join(folder, 'a.txt') })).toEqual({ content: '1\n2\n3\n' });
  expect(await readForVtcode(folder, { path: 'a.txt', line: 2, limit: 1 })).toEqual({ content: '2' });
});

test.each(['link.txt', '../secret.txt', '/etc/hostname'])('%s is outside, whichever way', async (path) => {
  await expect(readForVtcode(folder, { path })).rejects.toMatchObject({ code: 'denied' });
});

test.each(['b.txt', '.'])("%s isn't a file", async (path) => {
  await expect(readForVtcode(folder, { path })).rejects.toMatchObject({ code: 'notFound' });
});
