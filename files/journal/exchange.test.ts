/** Two names that change places are three moves in the journal: undone together, and from any point between. */
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { Errno } from '../folder/errno';
import { exchangeNames, swapPrefix } from '../folder/exchange-names';
import type { FolderFiles, Names, RenameOptions } from '../folder/folder-files';
import { FolderLayer } from '../folder/folder-layer';
import { brief, names, overwrite, setUp } from './test/journal-stage';
import { treeDigest } from './test/tree-digest';
import { planTakeBack } from './take-back/plan';
import { takeBack } from './take-back/take-back';

/** Fails at a chosen move; with `isKilled`, nothing works from then on. */
class Failing extends FolderLayer {
  constructor(
    files: FolderFiles,
    private left: number,
    private readonly isKilled: boolean,
  ) {
    super(files);
  }

  override rename(from: Names, to: Names, options: RenameOptions): void {
    this.left -= 1;
    if (this.isKilled ? this.left < 0 : this.left === -1) throw new Errno('EACCES');
    super.rename(from, to, options);
  }
}

function filled() {
  const stage = setUp();
  writeFileSync(stage.at('a'), 'one');
  mkdirSync(stage.at('d'));
  writeFileSync(stage.at('d/b'), 'two');
  utimesSync(stage.at('d/b'), 1000, 1000);
  return stage;
}

test('an exchange is undone to the byte, and redone', async () => {
  const { root, open, at } = filled();
  const before = treeDigest(root);
  const journal = open();
  const turn = journal.beginTurn(names);
  exchangeNames(journal.folder('folder'), ['a'], ['d', 'b']);
  exchangeNames(journal.folder('folder'), ['d'], ['a']);
  overwrite(journal.folder('folder'), 'd', 'changed');
  journal.endTurn();
  expect([readFileSync(at('a/b'), 'utf8'), readFileSync(at('d'), 'utf8')]).toEqual(['one', 'changed']);
  expect(brief(journal, turn)).toHaveLength(3);
  const { left } = await takeBack(journal, planTakeBack(journal, { turns: [turn] }));
  expect(left).toEqual([]);
  expect(treeDigest(root)).toEqual(before);
  journal.close();
});

test.each([0, 1, 2])('a failure at move %i changes nothing', (move) => {
  const { root, open } = filled();
  const before = treeDigest(root, { hasFolderTimes: false });
  const journal = open();
  journal.beginTurn(names);
  const files = new Failing(journal.folder('folder'), move, false);
  expect(() => exchangeNames(files, ['a'], ['d'])).toThrow('EACCES');
  expect(treeDigest(root, { hasFolderTimes: false })).toEqual(before);
  journal.endTurn();
  journal.close();
});

test.each([1, 2])('killed before move %i, it is undone at the next start', async (move) => {
  const { root, open } = filled();
  const before = treeDigest(root);
  const journal = open();
  const turn = journal.beginTurn(names);
  expect(() => exchangeNames(new Failing(journal.folder('folder'), move, true), ['a'], ['d'])).toThrow('EACCES');
  expect(readdirSync(root).some((name) => name.startsWith(swapPrefix))).toBe(true);
  const after = open();
  const { left } = await takeBack(after, planTakeBack(after, { turns: [turn] }));
  expect(left).toEqual([]);
  expect(treeDigest(root)).toEqual(before);
  after.close();
});
