import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFolder } from '../confined/open-folder';
import type { FileAct } from '../../schema/act-questions';
import { foreseenFiles } from './foreseen-files';
import type { Ownership } from './ownership';

const root = mkdtempSync(join(tmpdir(), 'foreseen-'));
mkdirSync(join(root, 'Reports/old'), { recursive: true });
mkdirSync(join(root, 'made'));
for (const name of ['a.txt', 'Reports/b.txt', 'Reports/old/c.txt', 'made/own.txt', 'own.txt']) {
  writeFileSync(join(root, name), name);
}
symlinkSync('/etc', join(root, 'link'));
const files = openFolder(root);
const own = new Set(['made', 'made/own.txt', 'own.txt'].map((path) => files.status(path.split('/')).ino));
const isOwn: Ownership['isOwn'] = (_names, status) => own.has(status.ino);

afterAll(() => {
  files.close();
  rmSync(root, { recursive: true });
});

const remove = (path: string): FileAct => ({ kind: 'delete', path, to: null });
const found = (...paths: string[]) =>
  foreseenFiles(files, paths.map(remove), isOwn).map(
    ({ path, fileKind, fileCount }) => `${fileKind} ${path} ${fileCount}`,
  );

test("finds the person's files, and counts the files of a folder", () => {
  expect(found('a.txt', 'Reports', './Reports//b.txt', 'link')).toEqual([
    'file a.txt 1',
    'directory Reports 2',
    'file Reports/b.txt 1',
    'symlink link 1',
  ]);
});

test('leaves out what the agent created, what is missing, and the folder itself', () => {
  expect(found('own.txt', 'made', 'made/own.txt', 'absent', 'absent/below', '.', '/')).toEqual([]);
});

test('finds nothing outside', () => {
  expect(found('../a.txt', 'Reports/../../etc', 'link/passwd', 'a\0b', 'x'.repeat(300))).toEqual([]);
});
