/** Under review, the agent puts something of another kind in the place of what the person had. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FolderFiles, Names } from '../folder/folder-files';
import { names, save, setUp } from '../journal/test/journal-stage';
import { planTakeBack } from '../journal/take-back/plan';
import { takeBack } from '../journal/take-back/take-back';
import { treeDigest } from '../journal/test/tree-digest';
import { Overlay } from './overlay';
import { contentsOf } from './test/contents-of';

const at = (path: string): Names => path.split('/');

function removeAll(files: FolderFiles, path: string): void {
  if (files.status(at(path)).kind !== 'directory') return files.removeFile(at(path));
  for (const { name } of files.list(at(path))) removeAll(files, `${path}/${name}`);
  files.removeDirectory(at(path));
}

/** The person has `d` with two files, an empty `e`, files `a` and `b`, and a link `l`. */
const cases: ReadonlyArray<readonly [what: string, work: (files: FolderFiles) => void]> = [
  ['folder by file', (files) => (removeAll(files, 'd'), save(files, 'd', 'new'))],
  ['empty folder by file', (files) => (removeAll(files, 'e'), save(files, 'e', 'new'))],
  ['folder by link', (files) => (removeAll(files, 'd'), files.makeSymlink(['d'], 'a'))],
  [
    'folder by another folder',
    (files) => (removeAll(files, 'd'), files.makeDirectory(['d'], 0o755), save(files, 'd/y', 'new')),
  ],
  ['inner folder by file', (files) => (removeAll(files, 'd/in'), save(files, 'd/in', 'new'), removeAll(files, 'b'))],
  ['file by folder', (files) => (removeAll(files, 'a'), files.makeDirectory(['a'], 0o755), save(files, 'a/y', 'new'))],
  ['link by folder', (files) => (removeAll(files, 'l'), files.makeDirectory(['l'], 0o755), save(files, 'l/y', 'new'))],
  ['link by file', (files) => (removeAll(files, 'l'), save(files, 'l', 'new'))],
  ['file by link', (files) => (removeAll(files, 'a'), files.makeSymlink(['a'], 'b'))],
  [
    'folder by file that was moved there',
    (files) => (removeAll(files, 'd'), files.rename(['a'], ['d'], { onExisting: 'keep' })),
  ],
  [
    'file by folder that was moved there',
    (files) => (removeAll(files, 'a'), files.rename(['d'], ['a'], { onExisting: 'keep' })),
  ],
  ['empty folder by one moved over it', (files) => files.rename(['d'], ['e'], { onExisting: 'replace' })],
  [
    'emptied folder by one moved over it',
    (files) => {
      removeAll(files, 'd/in');
      removeAll(files, 'd/x');
      files.rename(['e'], ['d'], { onExisting: 'replace' });
    },
  ],
  ['file by another moved over it', (files) => files.rename(['a'], ['b'], { onExisting: 'replace' })],
  [
    'file by a changed one moved over it',
    (files) => {
      const file = files.openFile(['a'], { isWritable: true });
      file.write(Buffer.from('edited'), 0);
      file.close();
      files.rename(['a'], ['b'], { onExisting: 'replace' });
    },
  ],
  [
    'folder by file, after its content was moved out',
    (files) => {
      files.rename(at('d/x'), ['x'], { onExisting: 'keep' });
      removeAll(files, 'd');
      save(files, 'd', 'new');
    },
  ],
  [
    'inside a folder that was renamed',
    (files) => {
      files.rename(['d'], ['docs'], { onExisting: 'keep' });
      removeAll(files, 'docs/in');
      save(files, 'docs/in', 'new');
      save(files, 'd', 'also new');
    },
  ],
];

const stage = () => {
  const { root, store, at: on, open } = setUp();
  for (const folder of ['d', 'd/in', 'e']) mkdirSync(on(folder));
  for (const path of ['d/x', 'd/in/z', 'a', 'b']) writeFileSync(on(path), `the person's ${path}`);
  symlinkSync('a', on('l'));
  const journal = open();
  const openOverlay = (): Overlay =>
    new Overlay({ place: join(store, 'overlay'), folder: journal.folder('folder'), onChanged: () => undefined });
  return { root, journal, openOverlay, on };
};

test.each(cases)('%s: applies as it was shown, and can be undone', async (_what, work) => {
  const { root, journal, openOverlay } = stage();
  const before = treeDigest(root, { hasFolderTimes: false });
  const first = openOverlay();
  work(first.folder());
  first.close();
  // The same after a restart.
  const overlay = openOverlay();
  const shown = contentsOf(overlay.folder());
  const turn = journal.beginTurn(names);
  const { left } = await overlay.apply(new Set(overlay.changes().map(({ id }) => id)), () => undefined);
  journal.endTurn();
  expect(left).toEqual([]);
  expect(contentsOf(journal.folder('folder'))).toEqual(shown);
  expect(overlay.changes()).toEqual([]);
  expect((await takeBack(journal, planTakeBack(journal, { turns: [turn] }))).left).toEqual([]);
  expect(treeDigest(root, { hasFolderTimes: false })).toEqual(before);
  overlay.close();
  journal.close();
});

test('what replaces a folder brings its deletion with it, and the deletion alone leaves the rest', async () => {
  const { journal, openOverlay } = stage();
  const overlay = openOverlay();
  const files = overlay.folder();
  removeAll(files, 'd');
  save(files, 'd', 'new');
  expect(overlay.changes().map(({ id }) => id)).toEqual(['deleted:d', 'created:d']);
  await overlay.apply(new Set(['deleted:d']), () => undefined);
  expect(contentsOf(journal.folder('folder')).some((line) => line.startsWith('d'))).toBe(false);
  expect(overlay.changes().map(({ id }) => id)).toEqual(['created:d']);
  await overlay.apply(new Set(['created:d']), () => undefined);
  expect(contentsOf(journal.folder('folder'))).toContain('d: new');
  overlay.close();
  journal.close();
});

test('only the new file is chosen: the folder goes too', async () => {
  const { journal, openOverlay } = stage();
  const overlay = openOverlay();
  removeAll(overlay.folder(), 'd');
  save(overlay.folder(), 'd', 'new');
  expect(await overlay.apply(new Set(['created:d']), () => undefined)).toMatchObject({ left: [] });
  expect(contentsOf(journal.folder('folder'))).toContain('d: new');
  overlay.close();
  journal.close();
});

test('the deletion is discarded: so is what came in its place', async () => {
  const { openOverlay, journal } = stage();
  const overlay = openOverlay();
  removeAll(overlay.folder(), 'd');
  overlay.folder().makeDirectory(['d'], 0o755);
  save(overlay.folder(), 'd/y', 'new');
  await overlay.discard(new Set(['deleted:d']));
  expect(overlay.changes()).toEqual([]);
  overlay.close();
  journal.close();
});

test('what the person changed or made there since stays', async () => {
  const { journal, openOverlay, on } = stage();
  const overlay = openOverlay();
  const files = overlay.folder();
  files.rename(['a'], ['b'], { onExisting: 'replace' });
  save(files, 'later', "the agent's");
  writeFileSync(on('b'), 'the person wrote more');
  mkdirSync(on('later'));
  const { left } = await overlay.apply(new Set(overlay.changes().map(({ id }) => id)), () => undefined);
  expect(left.map(({ change, reason }) => `${change.id} ${reason}`).sort()).toEqual([
    'created:later occupied',
    'deleted:b changed-since',
    'renamed:b occupied',
  ]);
  expect(contentsOf(journal.folder('folder'))).toContain('b: the person wrote more');
  overlay.close();
  journal.close();
});
