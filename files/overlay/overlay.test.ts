/** An overlay over a real folder: the folder stays untouched until apply, and then matches what was shown. */
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFolder } from '../confined/open-folder';
import type { FolderFiles, Names } from '../folder/folder-files';
import { treeDigest } from '../journal/test/tree-digest';
import { Overlay } from './overlay';

let root: string;
let path: string;
let overlay: Overlay;
let shown: FolderFiles;

const open = (): Overlay =>
  new Overlay({ place: join(root, 'overlay'), folder: openFolder(path), onChanged: () => undefined });
const at = (name: string): Names => name.split('/');

function write(name: string, text: string): void {
  const isThere = shown.list(at(name).slice(0, -1)).some((entry) => entry.name === at(name).at(-1));
  const file = isThere ? shown.openFile(at(name), { isWritable: true }) : shown.createFile(at(name), 0o644);
  file.setSize(0);
  file.write(Buffer.from(text), 0);
  file.close();
}

function read(name: string): string {
  const file = shown.openFile(at(name), { isWritable: false });
  const bytes = Buffer.alloc(10_000);
  const count = file.read(bytes, 0);
  file.close();
  return bytes.subarray(0, count).toString();
}

const rename = (from: string, to: string): void => shown.rename(at(from), at(to), { onExisting: 'replace' });
const listed = (): string[] =>
  overlay
    .changes()
    .map(({ kind, from, to }) => `${kind} ${(from ?? []).join('/')}>${(to ?? []).join('/')}`)
    .sort();
const applyAll = () => overlay.apply(new Set(overlay.changes().map(({ id }) => id)), () => undefined);
const plain = (): string[] => treeDigest(path, { hasFolderTimes: false }).map((line) => line.replace(/ \d{15,}/, ''));

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'piwork-overlay-'));
  path = join(root, 'folder');
  mkdirSync(join(path, 'docs', 'deep'), { recursive: true });
  for (const name of ['a.txt', 'b.txt', 'docs/c.txt', 'docs/deep/d.txt', 'e.txt'])
    writeFileSync(join(path, name), name);
  symlinkSync('a.txt', join(path, 'link'));
  overlay = open();
  shown = overlay.folder();
});
afterEach(() => {
  overlay.close();
  rmSync(root, { recursive: true });
});

/** A bit of everything. */
function work(): void {
  write('a.txt', 'changed');
  write('new.txt', 'new');
  shown.makeDirectory(['made'], 0o755);
  write('made/inner.txt', 'inner');
  rename('b.txt', 'made/b.txt');
  rename('docs', 'papers');
  write('papers/deep/d.txt', 'changed too');
  shown.removeFile(['e.txt']);
  shown.setMode(at('papers/c.txt'), 0o600);
  shown.makeSymlink(['second'], 'new.txt');
  write('temporary', 'x');
  shown.removeFile(['temporary']);
  // Editors save like this: a new file replaces the old one.
  write('.link.swp', 'no link any more');
  rename('.link.swp', 'link');
}

test("the folder is untouched, and the overlay shows the agent's changes", () => {
  const before = treeDigest(path);
  work();
  expect(treeDigest(path)).toEqual(before);
  expect(read('a.txt')).toBe('changed');
  expect(read('papers/deep/d.txt')).toBe('changed too');
  expect(read('papers/c.txt')).toBe('docs/c.txt');
  expect(
    shown
      .list([])
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['a.txt', 'link', 'made', 'new.txt', 'papers', 'second']);
  expect(() => shown.status(['docs'])).toThrow('ENOENT');
  expect(listed()).toEqual([
    'changed a.txt>a.txt',
    'changed docs/deep/d.txt>papers/deep/d.txt',
    'changed link>link',
    'created >made',
    'created >made/inner.txt',
    'created >new.txt',
    'created >second',
    'deleted e.txt>',
    'mode docs/c.txt>papers/c.txt',
    'renamed b.txt>made/b.txt',
    'renamed docs>papers',
  ]);
});

test('it is the same after a restart, and a torn last line is dropped', () => {
  work();
  const before = listed();
  overlay.close();
  writeFileSync(join(root, 'overlay', 'overlay.jsonl'), '{"op":"put","na', { flag: 'a' });
  overlay = open();
  shown = overlay.folder();
  expect(listed()).toEqual(before);
  expect(read('papers/deep/d.txt')).toBe('changed too');
});

test('after applying everything the folder is as it was shown, and the overlay is empty', async () => {
  work();
  expect(await applyAll()).toMatchObject({ left: [] });
  expect(readFileSync(join(path, 'papers/deep/d.txt'), 'utf8')).toBe('changed too');
  expect(readFileSync(join(path, 'made/b.txt'), 'utf8')).toBe('b.txt');
  expect(readFileSync(join(path, 'link'), 'utf8')).toBe('no link any more');
  expect(plain().map((line) => line.split(' ')[0])).toEqual(
    ['./', './a.txt', './link', './made/', './made/b.txt', './made/inner.txt', './new.txt', './papers/'].concat([
      './papers/c.txt',
      './papers/deep/',
      './papers/deep/d.txt',
      './second',
    ]),
  );
  expect(overlay.changes()).toEqual([]);
  expect(overlay.isApplying).toBe(false);
});

test('after applying a part, the rest is shown as before on top of it', async () => {
  work();
  const before = listed();
  await overlay.apply(new Set(['renamed:papers', 'created:new.txt']), () => undefined);
  shown = overlay.folder();
  expect(readFileSync(join(path, 'papers/deep/d.txt'), 'utf8')).toBe('docs/deep/d.txt');
  expect(read('papers/deep/d.txt')).toBe('changed too');
  expect(listed()).toEqual(
    before
      .filter((line) => line !== 'renamed docs>papers' && line !== 'created >new.txt')
      .map((line) => line.replace(' docs/', ' papers/'))
      .sort(),
  );
  await applyAll();
  expect(readFileSync(join(path, 'papers/deep/d.txt'), 'utf8')).toBe('changed too');
  expect(overlay.changes()).toEqual([]);
});

test('after discarding, the folder shows through again', async () => {
  const before = treeDigest(path);
  work();
  await overlay.discard(new Set(overlay.changes().map(({ id }) => id)));
  shown = overlay.folder();
  expect(overlay.changes()).toEqual([]);
  expect(read('docs/deep/d.txt')).toBe('docs/deep/d.txt');
  expect(treeDigest(path)).toEqual(before);
});

test("what the person changed since isn't overwritten", async () => {
  work();
  writeFileSync(join(path, 'a.txt'), 'mine');
  writeFileSync(join(path, 'new.txt'), 'mine too');
  const { left } = await applyAll();
  expect(left.map(({ change, reason }) => `${reason} ${change.id}`).sort()).toEqual([
    'changed-since changed:a.txt',
    'occupied created:new.txt',
  ]);
  expect(readFileSync(join(path, 'a.txt'), 'utf8')).toBe('mine');
  expect(readFileSync(join(path, 'new.txt'), 'utf8')).toBe('mine too');
});

test('whoever has a file open sees what another writes to it, and its identity stays', () => {
  const reader = shown.openFile(['a.txt'], { isWritable: false });
  const before = reader.status();
  write('a.txt', 'changed');
  const bytes = Buffer.alloc(20);
  expect(bytes.subarray(0, reader.read(bytes, 0)).toString()).toBe('changed');
  expect(reader.status()).toMatchObject({ ino: before.ino, dev: before.dev });
  reader.close();
});

test('three renames that swap two names are applied correctly', async () => {
  rename('a.txt', 'x');
  rename('b.txt', 'a.txt');
  rename('x', 'b.txt');
  expect(listed()).toEqual(['renamed a.txt>b.txt', 'renamed b.txt>a.txt']);
  await applyAll();
  expect([readFileSync(join(path, 'a.txt'), 'utf8'), readFileSync(join(path, 'b.txt'), 'utf8')]).toEqual([
    'b.txt',
    'a.txt',
  ]);
});

test("names that aren't UTF-8 are reviewed, read again after a restart, and applied", async () => {
  if (process.platform !== 'linux') return;
  const bytes = (name: string): Buffer => Buffer.from(join(path, name), 'latin1');
  writeFileSync(bytes('caf\xe9.txt'), 'latin1');
  symlinkSync(Buffer.from('\xff', 'latin1'), bytes('l\xe9'));
  write('caf\udce9.txt', 'changed');
  write('docs/n\udce9w', 'new');
  rename('l\udce9', 'docs/m\udce9');
  overlay.close();
  overlay = open();
  shown = overlay.folder();
  expect([read('caf\udce9.txt'), shown.readLink(at('docs/m\udce9'))]).toEqual(['changed', '\udcff']);
  expect(listed()).toEqual([
    'changed caf\udce9.txt>caf\udce9.txt',
    'created >docs/n\udce9w',
    'renamed l\udce9>docs/m\udce9',
  ]);
  expect((await applyAll()).left).toEqual([]);
  expect([bytes('caf\xe9.txt'), bytes('docs/n\xe9w')].map((file) => readFileSync(file, 'utf8'))).toEqual([
    'changed',
    'new',
  ]);
  expect(readlinkSync(bytes('docs/m\xe9'), 'latin1')).toBe('\xff');
});

test('what POSIX refuses is refused', () => {
  chmodSync(join(path, 'a.txt'), 0o644);
  expect(() => shown.removeDirectory(['docs'])).toThrow('ENOTEMPTY');
  expect(() => shown.removeFile(['docs'])).toThrow('EISDIR');
  expect(() => rename('docs', 'docs/deep/in')).toThrow('EINVAL');
  expect(() => rename('a.txt', 'docs')).toThrow('EISDIR');
  expect(() => rename('docs', 'a.txt')).toThrow('ENOTDIR');
  expect(() => shown.createFile(['a.txt'], 0o644)).toThrow('EEXIST');
  expect(() => shown.makeHardLink(['a.txt'], ['h'])).toThrow('EPERM');
});
