import { appendFileSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { planTakeBack } from './plan';
import { takeBack } from './take-back';
import { names, overwrite, save, setUp } from '../test/journal-stage';
import { treeDigest } from '../test/tree-digest';

test('what the person changed since stays, and the rest is undone', async () => {
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

  // When the change is chosen, the rest goes too. What the person wrote moves to the store, and a redo brings it back.
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

test('single changes, and several turns', async () => {
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

test('an undo is cancelled between steps, and continued', async () => {
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

test("a folder that the person moved away isn't searched for", async () => {
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
