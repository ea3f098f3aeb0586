/** How many names a file has: as in a folder without a journal, whatever the store keeps. */
import { linkSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import type { FolderFiles } from '../folder/folder-files';
import { setUp } from './test/journal-stage';
import { planTakeBack } from './take-back/plan';
import { takeBack } from './take-back/take-back';
import type { Journal } from './journal';

const linksOf = (files: FolderFiles, ...names: readonly string[]): readonly number[] =>
  names.map((name) => files.status([name]).links);

const undo = async (journal: Journal, turn: number, isRedo = false): Promise<void> => {
  expect((await takeBack(journal, planTakeBack(journal, { turns: [turn], isRedo }))).left).toEqual([]);
};

(process.platform === 'linux' ? describe : describe.skip)('names of a file', () => {
  test('a link of the agent, undone and redone', async () => {
    const { open, at } = setUp();
    writeFileSync(at('f'), 'one');
    const journal = open();
    const turn = journal.beginTurn({ leaf: 't', promptId: null });
    const files = journal.folder('folder');
    files.makeHardLink(['f'], ['g']);
    expect(linksOf(files, 'f', 'g')).toEqual([2, 2]);
    journal.endTurn();
    await undo(journal, turn);
    expect(linksOf(files, 'f')).toEqual([1]);
    await undo(journal, turn, true);
    expect(linksOf(files, 'f', 'g')).toEqual([2, 2]);
    await undo(journal, turn);
    expect(linksOf(files, 'f')).toEqual([1]);
    journal.close();
  });

  test("some of the person's links, removed or replaced, undone after a restart", async () => {
    const { open, at } = setUp();
    for (const name of ['a', 'x']) writeFileSync(at(name), name);
    for (const [from, to] of [
      ['a', 'b'],
      ['a', 'c'],
      ['x', 'y'],
    ] as const)
      linkSync(at(from), at(to));
    let journal = open();
    const turn = journal.beginTurn({ leaf: 't', promptId: null });
    let files = journal.folder('folder');
    files.removeFile(['b']);
    expect(linksOf(files, 'a', 'c')).toEqual([2, 2]);
    files.createFile(['new'], 0o644).close();
    files.rename(['new'], ['c'], { onExisting: 'replace' });
    expect(linksOf(files, 'a', 'c')).toEqual([1, 1]);
    for (const name of ['x', 'y']) files.removeFile([name]);
    expect(files.statusesIn([], ['a', 'b', 'c']).map((status) => status?.links)).toEqual([1, undefined, 1]);
    journal.close();
    journal = open();
    files = journal.folder('folder');
    expect(linksOf(files, 'a', 'c')).toEqual([1, 1]);
    await undo(journal, turn);
    expect(linksOf(files, 'a', 'b', 'c', 'x', 'y')).toEqual([3, 3, 3, 2, 2]);
    await undo(journal, turn, true);
    expect(linksOf(files, 'a', 'c')).toEqual([1, 1]);
    journal.close();
  });

  test('an open file that was removed has none', () => {
    const { open, at } = setUp();
    writeFileSync(at('f'), 'one');
    const journal = open();
    const files = journal.folder('folder');
    const file = files.openFile(['f'], { isWritable: false });
    expect(file.status().links).toBe(1);
    files.removeFile(['f']);
    expect(file.status().links).toBe(0);
    file.close();
    journal.close();
  });

  test('content that is no longer kept, and names that the person removes, are counted right', () => {
    const { open, at } = setUp({ maxTaskBytes: 0 });
    for (const name of ['f', 'o']) writeFileSync(at(name), 'one');
    for (const name of ['g', 'h']) linkSync(at('f'), at(name));
    const journal = open();
    const files = journal.folder('folder');
    journal.beginTurn({ leaf: 't', promptId: null });
    files.removeFile(['g']);
    expect(linksOf(files, 'f')).toEqual([2]);
    journal.endTurn();
    journal.beginTurn({ leaf: 'u', promptId: null });
    files.removeFile(['o']);
    journal.endTurn();
    // The first turn's content was removed to make room.
    expect(linksOf(files, 'f')).toEqual([2]);
    unlinkSync(at('h'));
    expect(linksOf(files, 'f')).toEqual([1]);
    renameSync(at('f'), at('i'));
    expect(linksOf(files, 'i')).toEqual([1]);
    journal.close();
  });
});
