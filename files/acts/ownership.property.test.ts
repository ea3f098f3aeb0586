/** Random work in a folder: nothing that the person had loses its last place unless they were asked. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { rounds } from '../../node/test/rounds';
import { Errno } from '../folder/errno';
import type { Journal } from '../journal/journal';
import { names, setUp } from '../journal/test/journal-stage';
import { randomFrom } from '../journal/test/random-operations';
import { planTakeBack } from '../journal/take-back/plan';
import { takeBack } from '../journal/take-back/take-back';
import { ownershipOf, type Ownership } from './ownership';
import { Guest, type Question } from './test/guest';
import { aLink, PersonsModel } from './test/persons-model';
import { runProgram, somePath } from './test/programs';

const seeds = Number(process.env['PIWORK_SEEDS'] ?? rounds(60));
const firstSeed = Number(process.env['PIWORK_FIRST_SEED'] ?? 1);

const byNameAndContent = (journal: Journal): Ownership => ownershipOf(journal, false);
/** What was tried first: a file is the agent's when the agent created its inode. */
const byInode = (journal: Journal): Ownership => ({
  asksBeforeChange: false,
  isOwn: (_names, status) => journal.known.isOwn('folder', status),
  holdsPersons: () => false,
});

/** Runs one task; returns what was lost unasked, and questions about what was never the person's. */
async function work(seed: number, ownership: (journal: Journal) => Ownership) {
  const random = randomFrom(seed);
  const { root, at, open } = setUp();
  let count = 0;
  const unique = (): string => `content ${(count += 1)} `.repeat(1 + random(3)).padEnd(30, '.');
  for (const folder of ['a', 'b', 'a/c']) mkdirSync(at(folder));
  for (const path of ['c', 'a/a', 'a/b', 'a/c/a', 'b/a']) writeFileSync(at(path), unique());
  const model = new PersonsModel(root);
  let journal = open();
  const needless: string[] = [];
  const answer = ({ kind, path, other }: Question): boolean => {
    if (!model.mayAsk(path) && (other === null || !model.mayAsk(other))) needless.push(`${kind} ${path}`);
    return random(3) > 0;
  };
  const guest = new Guest(() => journal, ownership, answer, model);
  const begin = (): void => {
    journal.beginTurn(names);
    model.beginTurn();
  };
  const nextTurn = (): void => {
    journal.endTurn();
    begin();
  };
  const undo = async (): Promise<void> => {
    const turn = journal.turn().begin.turn;
    journal.endTurn();
    const { left } = await takeBack(journal, planTakeBack(journal, { turns: [turn] }));
    if (left.length === 0) model.undone();
    begin();
  };
  const restart = (isCrash: boolean): void => {
    if (!isCrash) journal.close();
    journal = open();
    begin();
  };
  const person = (): void => {
    const path = somePath(random);
    const there = model.contents();
    const isPossible = !path.includes('/') || there.get(path.slice(0, -2)) === null;
    if (isPossible && there.has(path) && random(3) === 0) {
      rmSync(at(path), { recursive: true });
      model.removedByPerson(path);
    } else if (isPossible && there.get(path) !== null && there.get(path) !== aLink) {
      const content = unique();
      writeFileSync(at(path), content);
      // A file with several names changes under all of them.
      for (const [name, now] of model.contents()) if (now === content) model.add(name, content);
    }
  };
  begin();
  for (let step = 0; step < 60; step += 1) {
    try {
      const luck = random(40);
      if (luck === 0) restart(random(2) === 0);
      else if (luck === 1) await undo();
      else if (luck === 2) nextTurn();
      else if (luck < 5) person();
      else runProgram({ guest, random, unique });
    } catch (error) {
      // The folder or the person refused.
      if (!(error instanceof Errno)) throw error;
    }
  }
  journal.close();
  return { lost: model.lost, needless, asked: guest.asked.length };
}

const cases = Array.from({ length: seeds }, (_, index) => firstSeed + index);

test.each(cases)(
  'seed %i: nothing is lost unasked, and nobody is asked about what is the agent’s own',
  async (seed) => {
    const { lost, needless } = await work(seed, byNameAndContent);
    expect({ lost, needless }).toEqual({ lost: [], needless: [] });
  },
);

test('by inode, things are lost unasked', async () => {
  const tasks = rounds(40);
  let losing = 0;
  for (let seed = 1; seed <= tasks; seed += 1) if ((await work(seed, byInode)).lost.length > 0) losing += 1;
  process.stdout.write(`by inode, ${losing} of ${tasks} tasks lose something unasked\n`);
  expect(losing).toBeGreaterThan(0);
});
