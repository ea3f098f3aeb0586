import { appendFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { JournalWarning } from './journal-options';
import { planTakeBack } from './take-back/plan';
import { takeBack } from './take-back/take-back';
import { brief, names, overwrite, save, setUp } from './test/journal-stage';
import { treeDigest } from './test/tree-digest';

test('a turn lists its net changes', async () => {
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

test('what the agent created is its own until somebody else changes it, after a restart too', () => {
  const { open, at } = setUp();
  writeFileSync(at('old'), 'old');
  let journal = open();
  journal.beginTurn(names);
  let files = journal.folder('folder');
  save(files, 'new', 'new');
  files.makeDirectory(['dir'], 0o755);
  overwrite(files, 'old', 'changed');
  const isOwn = (name: string): boolean => journal.isOwn('folder', [name], files.status([name]));
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

test('a file changed by both in a turn is left alone, and both contents are kept', () => {
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

test('a renamed file that is open stays usable, and one written after its removal is kept', async () => {
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

test("changes between turns make a turn outside a run; only closing a file doesn't", async () => {
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

test('too large to keep: reported immediately, and in the plan', () => {
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

test('the oldest turns lose what they kept first, and never the last turn', () => {
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

test('a log with a torn last line is read, and one with a damaged line is moved aside and reported', () => {
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
