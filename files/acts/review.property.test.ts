/** Random work under review: what is applied is what was shown, and takes nothing of the person's that the list did not show. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rounds } from '../../node/test/rounds';
import { Errno } from '../folder/errno';
import type { FolderFiles } from '../folder/folder-files';
import { statusIfThere } from '../folder/status-if-there';
import { names, setUp } from '../journal/test/journal-stage';
import { randomFrom } from '../journal/test/random-operations';
import { Overlay } from '../overlay/overlay';
import { contentsOf } from '../overlay/test/contents-of';
import { Guest } from './test/guest';
import { PersonsModel } from './test/persons-model';
import { runProgram } from './test/programs';

const seeds = Number(process.env['PIWORK_SEEDS'] ?? rounds(40));
const firstSeed = Number(process.env['PIWORK_FIRST_SEED'] ?? 1);
const cases = Array.from({ length: seeds }, (_, index) => firstSeed + index);
const nobodyAsks = { asksBeforeChange: false, isOwn: () => true, holdsPersons: () => false };

test.each(cases)('seed %i: what is applied is what was shown, and was in the list', async (seed) => {
  const random = randomFrom(seed);
  const { root, store, at, open } = setUp();
  for (const folder of ['a', 'b', 'a/c']) mkdirSync(at(folder));
  for (const path of ['c', 'a/a', 'a/b', 'a/c/a', 'b/a']) writeFileSync(at(path), `the person's ${path}`);
  const model = new PersonsModel(root);
  const theirs = model.contents();
  const journal = open();
  const openOverlay = (): Overlay =>
    new Overlay({ place: join(store, 'overlay'), folder: journal.folder('folder'), onChanged: () => undefined });
  let overlay = openOverlay();
  let seen: FolderFiles = overlay.folder();
  const guest = new Guest(
    () => journal,
    () => nobodyAsks,
    () => false,
    null,
    () => seen,
  );
  for (let step = 0; step < 40; step += 1) {
    try {
      if (random(20) === 0) {
        overlay.close();
        overlay = openOverlay();
        seen = overlay.folder();
      } else runProgram({ guest, random, unique: () => `the agent's ${random(1e9)}` });
    } catch (error) {
      if (!(error instanceof Errno)) throw error;
    }
  }
  expect(model.contents()).toEqual(theirs);

  const listed = overlay.changes().flatMap(({ from }) => (from ? [from.join('/')] : []));
  const moved = overlay.changes().flatMap(({ kind, from }) => (kind === 'renamed' && from ? [from.join('/')] : []));
  const shown = contentsOf(overlay.folder());
  journal.beginTurn(names);
  expect(await overlay.apply(new Set(overlay.changes().map(({ id }) => id)), () => undefined)).toMatchObject({
    left: [],
  });
  journal.endTurn();
  expect(contentsOf(journal.folder('folder'))).toEqual(shown);
  const now = model.contents();
  const unlisted = [...theirs].filter(
    ([path, content]) =>
      now.get(path) !== content && !listed.some((from) => path === from || path.startsWith(`${from}/`)),
  );
  expect(unlisted).toEqual([]);
  const taken = [...theirs.keys()].filter((path) => {
    // Names move along with their folder.
    if (moved.some((from) => path.startsWith(`${from}/`))) return false;
    const status = statusIfThere(journal.folder('folder'), path.split('/'));
    return status !== null && journal.isOwn('folder', path.split('/'), status);
  });
  expect(taken).toEqual([]);
  overlay.close();
  journal.close();
});
