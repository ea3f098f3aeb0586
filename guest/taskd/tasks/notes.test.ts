import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { leaveNote } from './notes';

const owner = { uid: process.getuid?.() ?? 1000, gid: process.getgid?.() ?? 1000 };
let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'piwork-notes-'))));
afterEach(() => rm(folder, { recursive: true }));

test('each note is its own file, on one line', async () => {
  await leaveNote(folder, 'one\ntwo', owner);
  await leaveNote(folder, 'three', owner);
  const texts = await Promise.all((await readdir(folder)).sort().map((name) => readFile(join(folder, name), 'utf8')));
  expect(texts).toEqual(['one two', 'three']);
});

test("doesn't follow a link that the agent put in the way", async () => {
  const target = join(folder, 'target');
  await writeFile(target, 'untouched');
  const now = Date.now();
  for (let number = now; number < now + 2_000; number += 1) await symlink(target, join(folder, `note-${number}.txt`));
  await leaveNote(folder, 'text', owner);
  expect(await readFile(target, 'utf8')).toBe('untouched');
});
