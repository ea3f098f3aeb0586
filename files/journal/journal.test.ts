import { appendFileSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { openFolder } from '../confined/open-folder';
import type { FolderFiles } from '../folder/folder-files';
import { Journal, type JournalLimits, type JournalWarning } from './journal';
import { takeBack } from './take-back/take-back';
import { planTakeBack } from './take-back/plan';
import { tempFolder } from './test/temp-folder';
import { treeDigest } from './test/tree-digest';

const names = { turnId: 'turn', promptId: 'prompt' };
const folders: { remove(): void }[] = [];
afterEach(() => folders.splice(0).forEach((folder) => folder.remove()));

function setUp(limits: Partial<JournalLimits> = {}) {
  const folder = tempFolder();
  const store = tempFolder();
  folders.push(folder, store);
  const root = join(folder.path, 'root');
  mkdirSync(root);
  const open = (): Journal =>
    Journal.open(store.path, {
      areas: { folder: { files: openFolder(root), path: root } },
      limits,
      isSynced: false,
      soon: () => undefined,
    });
  return { root, store: store.path, open, at: (name: string) => join(root, name) };
}

const save = (files: FolderFiles, path: string, content: string): void => {
  const file = files.createFile(path.split('/'), 0o644);
  file.write(Buffer.from(content), 0);
  file.close();
};

const overwrite = (files: FolderFiles, path: string, content: string): void => {
  const file = files.openFile(path.split('/'), { isWritable: true });
  file.setSize(0);
  file.write(Buffer.from(content), 0);
  file.close();
};

const brief = (journal: Journal, turn: number): readonly string[] =>
  journal.changes(turn).map(({ kind, from, to }) => `${kind} ${from?.join('/') ?? ''} > ${to?.join('/') ?? ''}`);

test('a turn is listed by what it did in the end', async () => {
  const { open, at } = setUp();
  for (const name of ['kept', 'edited', 'saved', 'gone', 'moved']) writeFileSync(at(name), name);
  mkdirSync(at('dir'));
  writeFileSync(at('dir/inner'), 'inner');
  const journal = open();
  const turn = journal.beginTurn(names);
  const files = journal.folder('folder');
  overwrite(files, 'edited', 'other');
  save(files, '.saved.tmp', 'by an editor');
  files.rename(['.saved.tmp'], ['saved'], { onExisting: 'replace' });
  files.removeFile(['gone']);
  files.rename(['moved'], ['dir', 'moved'], { onExisting: 'keep' });
  files.rename(['dir'], ['place'], { onExisting: 'keep' });
  overwrite(files, 'place/inner', 'changed after its folder moved');
  save(files, 'temporary', '');
  files.removeFile(['temporary']);
  save(files, 'new', 'new');
  expect(journal.turns()).toMatchObject([{ turn, state: 'open', counts: { created: 1, changed: 3, renamed: 2 } }]);
  journal.endTurn();
  expect(brief(journal, turn)).toEqual([
    'changed edited > edited',
    'changed saved > saved',
    'deleted gone > ',
    'renamed dir > place',
    'renamed moved > place/moved',
    'created  > new',
    'changed dir/inner > place/inner',
  ]);
  const [edited] = journal.changes(turn);
  expect(await text(journal.contentBefore(edited!)!)).toBe('edited');
  expect(edited).toMatchObject({ sizeBefore: 6, sizeAfter: 5, before: { kind: 'file' } });
  journal.close();
});

test('what the person changed since stays, and the rest is taken back', async () => {
  const { open, at, root } = setUp();
  for (const name of ['a', 'b', 'c', 'd']) writeFileSync(at(name), name);
  const journal = open();
  const turn = journal.beginTurn(names);
  const files = journal.folder('folder');
  for (const name of ['a', 'b']) overwrite(files, name, `${name} of the agent`);
  files.removeFile(['c']);
  files.makeDirectory(['made'], 0o755);
  files.rename(['d'], ['made', 'd'], { onExisting: 'keep' });
  save(files, 'made/own', 'own');
  journal.endTurn();
  appendFileSync(at('b'), ', and the person');
  writeFileSync(at('c'), "the person's");
  writeFileSync(at('made/notes'), "the person's notes");

  const plan = planTakeBack(journal, { turns: [turn] });
  expect(plan.conflicts.map(({ reason, change }) => [reason, change.from ?? change.to])).toEqual([
    ['changed-since', ['b']],
    ['occupied', ['c']],
  ]);
  const { left } = await takeBack(journal, plan);
  expect(left.map(({ reason }) => reason)).toEqual(['changed-since', 'occupied', 'not-empty']);
  const content = (name: string): string => readFileSync(at(name), 'utf8');
  expect(['a', 'b', 'c', 'd', 'made/notes'].map(content)).toEqual([
    'a',
    'b of the agent, and the person',
    "the person's",
    'd',
    "the person's notes",
  ]);
  expect(journal.turns()[0]?.state).toBe('partly-taken-back');

  // Chosen, the rest goes too; what the person wrote lies in the store and comes back by a redo.
  const rest = planTakeBack(journal, { turns: [turn] });
  const choices = new Map(rest.conflicts.map(({ change }) => [change.id, 'take-back' as const]));
  const again = await takeBack(journal, rest, { choices });
  expect(again.left.map(({ reason }) => reason)).toEqual(['not-empty']);
  expect(['b', 'c'].map(content)).toEqual(['b', 'c']);
  await takeBack(journal, planTakeBack(journal, { turns: [again.turn] }));
  expect(['b', 'c'].map(content)).toEqual(['b of the agent, and the person', "the person's"]);
  expect(readdirSync(root).sort()).toEqual(['a', 'b', 'c', 'd', 'made']);
  journal.close();
});

test('single changes, and turns after one another', async () => {
  const { open, at, root } = setUp();
  for (const name of ['a', 'b']) writeFileSync(at(name), name);
  const journal = open();
  const before = treeDigest(root);
  const files = journal.folder('folder');
  const first = journal.beginTurn(names);
  overwrite(files, 'a', 'first');
  overwrite(files, 'b', 'first');
  journal.endTurn();
  const between = treeDigest(root);
  const second = journal.beginTurn(names);
  overwrite(files, 'a', 'second');
  files.rename(['b'], ['c'], { onExisting: 'keep' });
  journal.endTurn();

  expect(planTakeBack(journal, { turns: [first] }).conflicts.map(({ reason }) => reason)).toEqual([
    'later-turn',
    'later-turn',
  ]);
  const changes = journal.changes(second);
  const only = new Set(changes.filter(({ kind }) => kind === 'renamed').map(({ id }) => id));
  await takeBack(journal, planTakeBack(journal, { turns: [second], only }));
  expect(readFileSync(at('b'), 'utf8')).toBe('first');
  expect(readFileSync(at('a'), 'utf8')).toBe('second');
  expect(journal.turns()[1]?.state).toBe('partly-taken-back');
  await takeBack(journal, planTakeBack(journal, { turns: [second] }));
  expect(treeDigest(root)).toEqual(between);
  await takeBack(journal, planTakeBack(journal, { turns: [second], isRedo: true }));
  expect(journal.turns()[1]?.state).toBe('redone');
  await takeBack(journal, planTakeBack(journal, { turns: [first, second] }));
  expect(treeDigest(root)).toEqual(before);
  journal.close();
});

test('what the agent made is its own until somebody else changes it, after a restart too', () => {
  const { open, at } = setUp();
  writeFileSync(at('old'), 'old');
  let journal = open();
  journal.beginTurn(names);
  let files = journal.folder('folder');
  save(files, 'new', 'new');
  files.makeDirectory(['dir'], 0o755);
  overwrite(files, 'old', 'changed');
  const isOwn = (name: string): boolean => journal.isOwn('folder', files.status([name]));
  expect(['new', 'dir', 'old'].map(isOwn)).toEqual([true, true, false]);
  files.rename(['new'], ['renamed'], { onExisting: 'keep' });
  files.setMode(['renamed'], 0o600);
  expect(isOwn('renamed')).toBe(true);
  journal.close();
  journal = open();
  files = journal.folder('folder');
  expect(['renamed', 'dir', 'old'].map(isOwn)).toEqual([true, true, false]);
  writeFileSync(at('renamed'), 'by the person');
  writeFileSync(at('dir/file'), 'by the person');
  expect(['renamed', 'dir'].map(isOwn)).toEqual([false, false]);
  journal.close();
});

test('a file that is changed by both in a turn is left, and both contents are kept', () => {
  const { open, at } = setUp();
  writeFileSync(at('a'), 'before');
  const journal = open();
  const turn = journal.beginTurn(names);
  overwrite(journal.folder('folder'), 'a', 'agent');
  writeFileSync(at('a'), 'the person, meanwhile');
  overwrite(journal.folder('folder'), 'a', 'agent again');
  journal.endTurn();
  expect(planTakeBack(journal, { turns: [turn] }).conflicts.map(({ reason }) => reason)).toEqual(['mixed']);
  journal.close();
});

test('a file that is open goes on by its new name, and one that is written after its removal is kept', async () => {
  const { open, at, root } = setUp();
  for (const name of ['a', 'b']) writeFileSync(at(name), name);
  const journal = open();
  const before = treeDigest(root);
  const turn = journal.beginTurn(names);
  const files = journal.folder('folder');
  const renamed = files.openFile(['a'], { isWritable: true });
  files.rename(['a'], ['z'], { onExisting: 'keep' });
  renamed.write(Buffer.from('written later'), 0);
  const removed = files.openFile(['b'], { isWritable: true });
  files.removeFile(['b']);
  removed.write(Buffer.from('written to nothing'), 0);
  for (const file of [renamed, removed]) file.close();
  journal.endTurn();
  expect(brief(journal, turn)).toEqual(['renamed a > z', 'deleted b > ']);
  const { left } = await takeBack(journal, planTakeBack(journal, { turns: [turn] }));
  expect(left).toEqual([]);
  expect(treeDigest(root)).toEqual(before);
  journal.close();
});

test('what happens between turns is a turn of nobody, and a file that is only closed then is none', async () => {
  const { open, at, root } = setUp();
  writeFileSync(at('a'), 'a');
  const journal = open();
  const before = treeDigest(root);
  journal.beginTurn(names);
  const late = journal.folder('folder').openFile(['a'], { isWritable: true });
  late.write(Buffer.from('b'), 0);
  journal.endTurn();
  late.close();
  expect(journal.isTurnOpen).toBe(false);
  overwrite(journal.folder('folder'), 'a', 'c');
  expect(journal.turns().map(({ kind, state }) => [kind, state])).toEqual([
    ['agent', 'closed'],
    ['outside', 'open'],
  ]);
  expect(() => journal.folder('folder').removeFile(['missing'])).toThrow('ENOENT');
  const next = journal.beginTurn(names);
  expect(next).toBe(3);
  journal.endTurn();
  const plan = planTakeBack(journal, { turns: [1, 2] });
  expect(plan.conflicts).toEqual([]);
  await takeBack(journal, plan);
  expect(treeDigest(root)).toEqual(before);
  journal.close();
});

test('too large to keep: said at once, and in the plan', () => {
  const { open, at } = setUp({ maxFileBytes: 10 });
  writeFileSync(at('big'), 'more than ten bytes');
  writeFileSync(at('gone'), 'more than ten bytes as well');
  const journal = open();
  const warnings: JournalWarning[] = [];
  journal.onWarning((warning) => warnings.push(warning));
  const turn = journal.beginTurn(names);
  overwrite(journal.folder('folder'), 'big', 'small');
  // The file itself is kept, whatever its size.
  journal.folder('folder').removeFile(['gone']);
  journal.endTurn();
  expect(warnings).toMatchObject([{ type: 'not-kept', names: ['big'], size: 19, reason: 'file-too-large' }]);
  const { conflicts } = planTakeBack(journal, { turns: [turn] });
  expect(conflicts.map(({ reason, change }) => [reason, change.from])).toEqual([['not-kept', ['big']]]);
  journal.close();
});

test('the oldest turns are let go of first, and never the last', () => {
  const { open, at } = setUp({ maxTaskBytes: 25 });
  writeFileSync(at('a'), '0123456789');
  const journal = open();
  const turns = ['one', 'two', 'three'].map((content) => {
    const turn = journal.beginTurn(names);
    overwrite(journal.folder('folder'), 'a', `${content} 0123456789`);
    journal.endTurn();
    return turn;
  });
  expect(journal.turns().map(({ isPruned }) => isPruned)).toEqual([true, true, false]);
  expect(planTakeBack(journal, { turns: [turns[2]!] }).conflicts).toEqual([]);
  journal.close();
});

test('a log with a torn last line is read, and one with a damaged line is set aside and named', () => {
  const { open, at, store } = setUp();
  writeFileSync(at('a'), 'a');
  const journal = open();
  for (let count = 0; count < 2; count += 1) {
    journal.beginTurn(names);
    overwrite(journal.folder('folder'), 'a', `${count}`);
    journal.endTurn();
  }
  journal.close();
  const log = (turn: number): string => join(store, 'turns', `${turn}`, 'ops.jsonl');
  const lines = readFileSync(log(1), 'utf8').split('\n');
  writeFileSync(log(1), [...lines.slice(0, 1), 'no record', ...lines.slice(1)].join('\n'));
  appendFileSync(log(2), '{"type":"dro');
  const again = open();
  expect(again.turns().map(({ turn }) => turn)).toEqual([2]);
  expect(again.setAside[0]?.reason).toContain('line 2');
  expect(readdirSync(join(store, 'turns', '1'))).toContain(again.setAside[0]!.path.split('/').at(-1));
  expect(again.beginTurn(names)).toBe(3);
  again.close();
});

test('taking back is cancelled between steps, and continued', async () => {
  const { open, at, root } = setUp();
  for (let count = 0; count < 30; count += 1) writeFileSync(at(`${count}`), `${count}`);
  const journal = open();
  const before = treeDigest(root);
  const turn = journal.beginTurn(names);
  for (let count = 0; count < 30; count += 1) overwrite(journal.folder('folder'), `${count}`, 'x');
  journal.endTurn();
  const controller = new AbortController();
  const first = await takeBack(journal, planTakeBack(journal, { turns: [turn] }), {
    signal: controller.signal,
    onProgress: (done) => done === 10 && controller.abort(),
  });
  expect(first).toMatchObject({ done: 10, isCancelled: true });
  const rest = planTakeBack(journal, { turns: [turn] });
  expect(rest.steps.length).toBe(20);
  await takeBack(journal, rest);
  expect(treeDigest(root)).toEqual(before);
  journal.close();
});

test('a folder that the person moved away meanwhile is not looked for', async () => {
  const { open, at } = setUp();
  mkdirSync(at('dir'));
  writeFileSync(at('dir/a'), 'a');
  const journal = open();
  const turn = journal.beginTurn(names);
  overwrite(journal.folder('folder'), 'dir/a', 'changed');
  journal.endTurn();
  renameSync(at('dir'), at('elsewhere'));
  const plan = planTakeBack(journal, { turns: [turn] });
  expect(plan.conflicts.map(({ reason }) => reason)).toEqual(['missing']);
  expect((await takeBack(journal, plan)).left).toHaveLength(1);
  rmSync(at('elsewhere'), { recursive: true });
  journal.close();
});
