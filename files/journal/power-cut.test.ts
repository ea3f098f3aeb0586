import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { openFolder } from '../confined/open-folder';
import type { FolderFiles } from '../folder/folder-files';
import { Journal } from './journal';
import type { JournalLimits } from './journal-options';
import { takeBack } from './take-back/take-back';
import { planTakeBack } from './take-back/plan';
import { tempFolder } from './test/temp-folder';
import { treeDigest } from './test/tree-digest';

const names = { leaf: 'turn', promptId: 'prompt' };
const folders: { remove(): void }[] = [];
afterEach(() => folders.splice(0).forEach((folder) => folder.remove()));

/** A journal over a disk that counts the flushes waited for. It can be left as a crash leaves it. */
function setUp(limits: Partial<JournalLimits> = {}) {
  const folder = tempFolder();
  const store = tempFolder();
  folders.push(folder, store);
  const root = join(folder.path, 'root');
  mkdirSync(root);
  const flushes: string[] = [];
  const beside: (() => void)[] = [];
  const disk = {
    flushData: () => void flushes.push('data'),
    flushAll: () => void flushes.push('all'),
    flushBeside: () => new Promise<void>((resolve) => beside.push(resolve)),
  };
  const open = (): Journal =>
    Journal.open(store.path, {
      areas: { folder: { files: openFolder(root), path: root } },
      limits,
      disk,
      soon: () => undefined,
    });
  const keptFolder = join(store.path, 'turns', '1', 'kept');
  return {
    root,
    open,
    flushes,
    beside,
    at: (name: string) => join(root, name),
    log: join(store.path, 'turns', '1', 'ops.jsonl'),
    keptFolder,
    /** The kept files and their content */
    kept: (content: string) =>
      readdirSync(keptFolder)
        .map((name) => join(keptFolder, name))
        .filter((path) => readFileSync(path, 'utf8') === content),
  };
}

const overwrite = (files: FolderFiles, name: string, content: string): void => {
  const file = files.openFile([name], { isWritable: true });
  file.setSize(0);
  file.write(Buffer.from(content), 0);
  file.close();
};

const large = 'large '.repeat(20_000);

test('overwriting a small file waits for the disk once, a large one twice, and one created in the turn not at all', () => {
  const { open, at, flushes, log } = setUp();
  for (const name of ['first', 'small', 'empty']) writeFileSync(at(name), name === 'empty' ? '' : name);
  writeFileSync(at('large'), large);
  const journal = open();
  journal.beginTurn(names);
  const files = journal.folder('folder');
  const flushed = (name: string): readonly string[] => {
    flushes.splice(0);
    overwrite(files, name, 'other');
    return flushes.splice(0);
  };
  // The first flush also writes the names of the turn's folders.
  expect(flushed('first')).toEqual(['all', 'all', 'data']);
  expect(flushed('small')).toEqual(['data']);
  expect(flushed('empty')).toEqual(['data']);
  expect(flushed('large')).toEqual(['all', 'data']);
  expect(flushed('small')).toEqual([]);
  expect(readFileSync(log, 'utf8')).toContain(`"bytes":"${Buffer.from('small').toString('base64')}"`);
  journal.close();
});

test.each(['open', 'ended'])('a power cut destroys kept files of a turn that is %s', async (state) => {
  const { root, open, at, kept, beside } = setUp();
  const contents = { torn: 'torn in the store', gone: 'gone from the store', garbled: 'same size', whole: 'whole' };
  for (const [name, content] of Object.entries(contents)) writeFileSync(at(name), content, { mode: 0o640 });
  writeFileSync(at('empty'), '');
  writeFileSync(at('large'), large);
  const before = treeDigest(root);
  const journal = open();
  journal.beginTurn(names);
  for (const name of [...Object.keys(contents), 'empty', 'large']) {
    overwrite(journal.folder('folder'), name, `other ${name}`);
  }
  if (state === 'ended') journal.endTurn();
  const path = (content: string): string => kept(content)[0] ?? '';
  truncateSync(path(contents.torn), 4);
  rmSync(path(contents.gone));
  rmSync(path(''));
  writeFileSync(path(contents.garbled), '\0'.repeat(contents.garbled.length));
  const whole = statSync(path(contents.whole), { bigint: true });

  const again = open();
  const changes = new Map(again.changes(1).map((change) => [change.to?.[0], change]));
  expect(await text(again.contentBefore(changes.get('torn')!)!)).toBe(contents.torn);
  const plan = planTakeBack(again, { turns: [1] });
  expect(plan.conflicts).toEqual([]);
  const { ino, ctimeNs } = statSync(path(contents.whole), { bigint: true });
  expect([ino, ctimeNs]).toEqual([whole.ino, whole.ctimeNs]);
  const taking = takeBack(again, plan);
  for (const flushed of beside.splice(0)) flushed();
  expect(await taking).toMatchObject({ left: [], areTimesExact: true });
  expect(treeDigest(root)).toEqual(before);
  again.close();
});

test("what was removed doesn't come back, not in the log either", () => {
  const { open, at, log, keptFolder } = setUp({ maxTaskBytes: 10 });
  writeFileSync(at('a'), '0123456789');
  const journal = open();
  for (const content of ['one', '01234567890']) {
    journal.beginTurn(names);
    overwrite(journal.folder('folder'), 'a', `${content} 0123456789`);
    journal.endTurn();
  }
  journal.close();
  expect(readFileSync(log, 'utf8')).not.toContain('bytes');
  const again = open();
  expect(again.turns().map(({ state, isPruned }) => [state, isPruned])).toEqual([
    ['closed', true],
    ['closed', false],
  ]);
  const { conflicts } = planTakeBack(again, { turns: [1, 2] });
  expect(conflicts.map(({ reason }) => reason)).toEqual(['not-kept']);
  expect(() => readdirSync(keptFolder)).toThrow('ENOENT');
  again.close();
});

test('the log contains at most the allowed bytes in a turn', async () => {
  const { open, at, log, beside } = setUp();
  const content = Buffer.alloc(16 * 1024, 'x');
  for (let index = 0; index < 1026; index += 1) writeFileSync(at(`${index}`), content);
  const journal = open();
  journal.beginTurn(names);
  for (let index = 0; index < 1026; index += 1) {
    overwrite(journal.folder('folder'), `${index}`, '');
    for (const flushed of beside.splice(0)) flushed();
    await new Promise(setImmediate);
  }
  journal.endTurn();
  const lines = readFileSync(log, 'utf8').split('\n');
  expect(lines.filter((line) => line.includes('"bytes":"'))).toHaveLength(1024);
  // What is read from a log doesn't contain bytes of files.
  expect(JSON.stringify(journal.records([1]))).not.toContain('"bytes"');
  journal.close();
});

test('a copy comes back only when it is on the disk, and the number of copies that wait for it is limited', async () => {
  const { open, at, root, flushes, beside } = setUp();
  for (let index = 0; index < 72; index += 1) writeFileSync(at(`${index}`), `${index}`);
  const before = treeDigest(root);
  const journal = open();
  const turn = journal.beginTurn(names);
  for (let index = 0; index < 72; index += 1) overwrite(journal.folder('folder'), `${index}`, 'other');
  journal.endTurn();
  expect(beside).toHaveLength(64);
  // Of the eight other files and the turn's two folders.
  expect(flushes.filter((what) => what === 'all')).toHaveLength(8 + 2);
  const steps: number[] = [];
  const taking = takeBack(journal, planTakeBack(journal, { turns: [turn] }), {
    onProgress: (done) => steps.push(done),
  });
  const last = beside.pop();
  for (const flushed of beside) flushed();
  await new Promise(setImmediate);
  expect(steps).toEqual([]);
  last?.();
  expect(await taking).toMatchObject({ left: [], done: 72 });
  expect(treeDigest(root)).toEqual(before);
  journal.close();
});
