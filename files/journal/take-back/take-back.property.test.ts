import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { rounds } from '../../../node/test/rounds';
import { openFolder } from '../../confined/open-folder';
import { Journal } from '../journal';
import { takeBack } from './take-back';
import { planTakeBack } from './plan';
import { operate, randomFrom } from '../test/random-operations';
import { tempFolder } from '../test/temp-folder';
import { treeDigest } from '../test/tree-digest';

const seeds = Number(process.env['PIWORK_SEEDS'] ?? rounds(100));
const firstSeed = Number(process.env['PIWORK_FIRST_SEED'] ?? 1);

/** A journal over a folder of its own, with a random tree. */
function setUp(seed: number, storeParent?: string) {
  const folder = tempFolder();
  const store = tempFolder(storeParent);
  const root = join(folder.path, 'root');
  mkdirSync(root);
  const random = randomFrom(seed);
  const plain = openFolder(root);
  for (let count = 0; count < 60; count += 1) operate(plain, random);
  plain.close();
  const open = (): Journal =>
    Journal.open(store.path, {
      areas: { folder: { files: openFolder(root), path: root } },
      isSynced: false,
      soon: () => undefined,
    });
  return {
    root,
    random,
    open,
    remove: () => {
      folder.remove();
      store.remove();
    },
  };
}

const describeLinux = process.platform === 'linux' ? describe : describe.skip;

describeLinux('operations by chance', () => {
  const cases = Array.from({ length: seeds }, (_, index) => firstSeed + index);

  test.each(cases)('a turn is undone and redone: seed %i', async (seed) => {
    // A store on another file system can't give a file a second name, so a redo creates a new file.
    const hasLinks = seed % 4 !== 0;
    const { root, random, open, remove } = setUp(seed, hasLinks ? undefined : '/dev/shm');
    let journal = open();
    const before = treeDigest(root);
    const turn = journal.beginTurn({ leaf: 't', promptId: null });
    const count = 5 + random(60);
    for (let done = 0; done < count; done += 1) operate(journal.folder('folder'), random);
    journal.endTurn();
    const after = treeDigest(root, { hasLinks });
    // Every other time, only from what is on the disk.
    if (seed % 2 === 0) {
      journal.close();
      journal = open();
    }
    const plan = planTakeBack(journal, { turns: [turn] });
    expect(plan.conflicts).toEqual([]);
    const result = await takeBack(journal, plan);
    expect(result.left).toEqual([]);
    expect(treeDigest(root)).toEqual(before);
    expect(journal.changes(...journal.groupOf([turn]))).toEqual([]);
    expect(journal.turns()[0]?.state).toBe('taken-back');

    const redo = planTakeBack(journal, { turns: [turn], isRedo: true });
    expect(redo.conflicts).toEqual([]);
    expect((await takeBack(journal, redo)).left).toEqual([]);
    expect(treeDigest(root, { hasLinks })).toEqual(after);

    const again = planTakeBack(journal, { turns: [turn] });
    expect(again.conflicts).toEqual([]);
    expect((await takeBack(journal, again)).left).toEqual([]);
    expect(treeDigest(root)).toEqual(before);
    journal.close();
    remove();
  });
});
