import { openFolder } from '../confined/open-folder';
import { Journal } from './journal';
import { planTakeBack } from './take-back/plan';
import { takeBack } from './take-back/take-back';
import { names, overwrite, save, setUp } from './test/journal-stage';
import type { Soon } from './turn-news';

type Report = readonly [turn: number, state: string | null, changes: number];

/** A journal, what it reports about its turns, and a timer that runs when the test says. */
function watched(limits: { readonly maxTaskBytes?: number } = {}) {
  const { root, store } = setUp();
  let due: { readonly run: () => void; readonly delayMs: number } | null = null;
  const soon: Soon = (run, delayMs) => (due = { run, delayMs });
  const files = openFolder(root);
  const journal = Journal.open(store, { areas: { folder: { files, path: root } }, isSynced: false, limits, soon });
  const reports: Report[] = [];
  journal.onChanged((turn) => {
    const summary = journal.summary(turn);
    const changes = Object.values(summary?.counts ?? {}).reduce((sum, count) => sum + count, 0);
    reports.push([turn, summary?.state ?? null, changes]);
  });
  return {
    journal,
    folder: journal.folder('folder'),
    /** What was reported since the last call */
    taken: () => reports.splice(0),
    /** The delay of the timer that ran; `null` when none was set */
    runTimer: () => {
      const timer = due;
      due = null;
      timer?.run();
      return timer?.delayMs ?? null;
    },
  };
}

test('many changes within a moment are one report, which counts them', () => {
  const { journal, folder, taken, runTimer } = watched();
  journal.beginTurn(names);
  save(folder, 'one.txt', 'one');
  save(folder, 'two.txt', 'two');
  expect(taken()).toEqual([]);
  expect(runTimer()).toBe(100);
  expect(taken()).toEqual([[1, 'open', 2]]);
  expect(runTimer()).toBeNull();
  overwrite(folder, 'one.txt', 'one again');
  runTimer();
  expect(taken()).toEqual([[1, 'open', 2]]);
});

test('the end of a turn is reported immediately', () => {
  const { journal, folder, taken, runTimer } = watched();
  journal.beginTurn(names);
  save(folder, 'one.txt', 'one');
  journal.endTurn();
  expect(taken()).toEqual([[1, 'closed', 1]]);
  runTimer();
  expect(taken()).toEqual([]);
});

test('an undo and a redo report each turn whose state they change', async () => {
  const { journal, folder, taken } = watched();
  journal.beginTurn(names);
  save(folder, 'one.txt', 'one');
  journal.endTurn();
  taken();
  await takeBack(journal, planTakeBack(journal, { turns: [1] }));
  expect(taken()).toEqual([
    [2, 'closed', 1],
    [1, 'taken-back', 1],
  ]);
  await takeBack(journal, planTakeBack(journal, { turns: [1], isRedo: true }));
  expect(taken()).toEqual([
    [3, 'closed', 1],
    [2, 'taken-back', 1],
    [1, 'redone', 1],
  ]);
});

test('changes outside a run that leave nothing are reported as no turn', () => {
  const { journal, folder, taken, runTimer } = watched();
  save(folder, 'one.txt', 'one');
  runTimer();
  expect(taken()).toEqual([[1, 'open', 1]]);
  folder.removeFile(['one.txt']);
  journal.endTurn();
  expect(taken()).toEqual([[1, null, 0]]);
});

test('a turn whose kept files were dropped is reported', () => {
  const { journal, folder, taken } = watched({ maxTaskBytes: 10 });
  save(folder, 'one.txt', 'x'.repeat(8));
  save(folder, 'two.txt', 'x'.repeat(8));
  journal.beginTurn(names);
  overwrite(folder, 'one.txt', 'one');
  journal.endTurn();
  journal.beginTurn(names);
  taken();
  overwrite(folder, 'two.txt', 'two');
  journal.endTurn();
  expect(taken().map(([turn]) => turn)).toEqual([3, 1, 2]);
  expect(journal.summary(2)).toMatchObject({ isPruned: true });
});
