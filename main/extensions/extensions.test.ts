import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Checked } from './check-behaviour';
import { extensionPlaces, Extensions } from './extensions';

let root = '';
let folder = '';
let checks: string[] = [];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'extensions-'));
  folder = join(root, 'extensions');
  checks = [];
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Files that contain `bad` are invalid. */
const open = async (): Promise<Extensions> => {
  const check = (main: string): Promise<Checked> => {
    checks.push(main);
    const isBad = main.includes('bad');
    return Promise.resolve({ summary: isBad ? null : '1 rule', problems: isBad ? [`${main}:1:1: no`] : [] });
  };
  return (await Extensions.open({ ...extensionPlaces(root), check }))[0];
};

function put(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

test('the folder is created, and empty', async () => {
  const extensions = await open();
  expect(await extensions.list()).toEqual([]);
  expect(await extensions.forTask()).toEqual({ mains: [], files: [] });
});

test('files and folders are listed by name, and unusable ones with their problems', async () => {
  const extensions = await open();
  put({
    'b.edn': 'b',
    'bad.edn': 'x',
    'a/main.edn': 'a',
    'a/parts/more.edn': 'm',
    'empty/notes.txt': '',
    'readme.md': '',
  });
  symlinkSync('/etc/passwd', join(folder, 'link.edn'));
  expect((await extensions.list()).map(({ name, isOn, problems }) => [name, isOn, problems])).toEqual([
    ['a', true, []],
    ['b', true, []],
    ['bad', true, ['bad.edn:1:1: no']],
    ['empty', true, ['empty/main.edn is missing.']],
  ]);
  expect(await extensions.forTask()).toEqual({
    mains: ['a/main.edn', 'b.edn'],
    files: [
      { name: 'a/main.edn', text: 'a' },
      { name: 'a/parts/more.edn', text: 'm' },
      { name: 'b.edn', text: 'b' },
    ],
  });
});

test('an extension that is off is given to no task, and stays off after a restart', async () => {
  const extensions = await open();
  put({ 'a.edn': 'a', 'b.edn': 'b' });
  let changes = 0;
  extensions.changed.add(() => void (changes += 1));
  await extensions.setOn('a', false);
  expect([changes, (await extensions.forTask()).mains]).toEqual([1, ['b.edn']]);
  const again = await open();
  expect((await again.list()).map(({ isOn }) => isOn)).toEqual([false, true]);
  await again.setOn('a', true);
  expect((await again.forTask()).mains).toEqual(['a.edn', 'b.edn']);
  await expect(again.setOn('gone', true)).rejects.toThrow('The extension gone no longer exists');
});

test('each content is checked once, until a reload', async () => {
  const extensions = await open();
  put({ 'a.edn': 'a' });
  await extensions.list();
  await extensions.forTask();
  expect(checks).toEqual(['a.edn']);
  put({ 'a.edn': 'other' });
  await extensions.list();
  extensions.reload();
  await extensions.list();
  expect(checks).toHaveLength(3);
});

test('a file that is too large is reported, and a damaged list is moved aside', async () => {
  writeFileSync(join(root, 'extensions.json'), '{"off":1}');
  const check = (): Promise<Checked> => Promise.resolve({ summary: '', problems: [] });
  const [extensions, setAside] = await Extensions.open({ ...extensionPlaces(root), check });
  expect(setAside?.path).toContain('extensions.json.bad-');
  put({ 'big.edn': ';'.repeat(300_000) });
  expect((await extensions.list())[0]?.problems).toEqual(['big.edn: the file is too large']);
});
