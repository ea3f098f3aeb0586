/** A program to be killed: it changes a folder or undoes a turn, and prints how far it is. */
import { writeSync } from 'node:fs';
import { openFolder } from '../../confined/open-folder';
import { Journal } from '../journal';
import { takeBack } from '../take-back/take-back';
import { planTakeBack } from '../take-back/plan';
import { operate, randomFrom } from './random-operations';

const [root = '', store = '', what = '', seed = '1'] = process.argv.slice(2);
const journal = Journal.open(store, {
  areas: { folder: { files: openFolder(root), path: root } },
  isSynced: what === 'change-synced',
});
const say = (): void => void writeSync(1, '.');

if (what.startsWith('change')) {
  journal.beginTurn({ leaf: 'turn', promptId: null });
  const random = randomFrom(Number(seed));
  for (let count = 0; count < 100_000; count += 1) {
    operate(journal.folder('folder'), random);
    say();
  }
} else {
  const turns = journal.turns().flatMap(({ turn, kind }) => (kind === 'agent' ? [turn] : []));
  void takeBack(journal, planTakeBack(journal, { turns }), { onProgress: say }).then(() => journal.close());
}
