/** Random records on a name tree, compared with a plain map of paths after the same operations. */
import { rounds } from '../../node/test/rounds';
import type { NameTree } from './name-tree';
import { treeOf } from './name-tree';
import type { JournalRecord, NewRecord } from './records';
import { namesOf } from './take-back/net-changes';
import { randomFrom, someNames, type Random } from './test/random-operations';
import { area, namesIn, PlainDisk, type PlainFile } from './test/plain-disk';
import type { Thing } from './things';

const seeds = Number(process.env['PIWORK_SEEDS'] ?? rounds(500));

const pick = <T>(random: Random, from: readonly T[]): T | undefined => from[random(from.length || 1)];
const somePath = (random: Random): string => someNames(random).join('/');

/** Records of one operation; none when the disk refuses it. */
function attempt(disk: PlainDisk, random: Random): NewRecord[] {
  // Mostly names that exist.
  const [one, other] = [0, 1].map(() => (random(3) > 0 && pick(random, [...disk.files.keys()])) || somePath(random));
  if (one === undefined || other === undefined) return [];
  const kept = pick(random, [...disk.kept.keys()]) ?? '1/0';
  const isKept = random(3) > 0;
  switch (random(9)) {
    case 0:
      return disk.create(somePath(random), 'directory');
    case 1:
      return disk.create(somePath(random), 'file');
    case 2:
      return disk.link(one, somePath(random));
    case 3:
      return disk.drop(one, isKept);
    case 4:
      return disk.write(one, isKept);
    case 5:
      return disk.write(one, isKept, kept);
    case 6:
      return disk.bring(kept, other);
    default:
      return disk.move(one, other, isKept);
  }
}

/** The first of some operations that isn't refused. */
function operation(disk: PlainDisk, random: Random): NewRecord[] {
  for (let count = 0; count < 20; count += 1) {
    const records = attempt(disk, random);
    if (records.length > 0) return records;
  }
  return [];
}

/** Numbered as in a log; some were announced and didn't happen. */
function numbered(steps: readonly NewRecord[][], random: Random): JournalRecord[] {
  const records: JournalRecord[] = [];
  const add = (record: NewRecord): void => void records.push({ ...record, seq: records.length });
  for (const step of steps) {
    if (random(6) === 0) {
      const of = records.length;
      add({ type: 'create', area, names: namesIn(somePath(random)), kind: 'file' });
      add({ type: 'failed', of });
    }
    step.forEach(add);
  }
  return records;
}

/** Where an earlier path is in the tree: the innermost thing that records touched, and the names below it. */
function origin(tree: NameTree, path: string): { thing: Thing | undefined; below: readonly string[] } {
  const names = namesIn(path);
  let thing = tree.roots()[0];
  for (const [index, name] of names.entries()) {
    const next = tree.things.find((one) => one.origin?.parent === thing && one.origin?.name === name);
    if (!next) return { thing, below: names.slice(index) };
    thing = next;
  }
  return { thing, below: [] };
}

const placeOf = (tree: NameTree, thing: Thing | undefined): readonly string[] | null =>
  thing === undefined || tree.roots().includes(thing) ? [] : namesOf(thing.place, 'place');

interface Shown {
  /** `null` for what no record touched */
  readonly thing: Thing | null;
  /** For earlier files */
  readonly from: string | null;
}

/** All paths after the records, from the earlier paths and the tree alone. */
function carriedOut(before: Iterable<string>, tree: NameTree): Map<string, Shown> {
  const shown = new Map<string, Shown>();
  for (const from of before) {
    const { thing, below } = origin(tree, from);
    const place = placeOf(tree, thing);
    if (place) shown.set([...place, ...below].join('/'), { from, thing: below.length === 0 ? (thing ?? null) : null });
  }
  for (const thing of tree.things) {
    const place = thing.origin === null ? placeOf(tree, thing) : null;
    if (place) shown.set(place.join('/'), { from: null, thing });
  }
  return shown;
}

/** Fails when either of a pair already has another partner. */
class Pairs<A, B> {
  readonly #byOne = new Map<A, B>();
  readonly #byOther = new Map<B, A>();

  add(one: A, other: B): boolean {
    if (!this.#byOne.has(one)) this.#byOne.set(one, other);
    if (!this.#byOther.has(other)) this.#byOther.set(other, one);
    return this.#byOne.get(one) === other && this.#byOther.get(other) === one;
  }

  of(other: B): A | undefined {
    return this.#byOther.get(other);
  }
}

/** Two files are the same, or have the same bytes, in the tree exactly when they are and do on the disk. */
function expectSame(shown: ReadonlyMap<string, Shown>, disk: PlainDisk, before: ReadonlyMap<string, PlainFile>) {
  const files = new Pairs<object, PlainFile>();
  const contents = new Pairs<string, string>();
  for (const [path, { thing, from }] of shown) {
    const file = disk.files.get(path);
    if (!file) continue;
    if (thing === null) {
      const was = from === null ? undefined : before.get(from);
      expect({ path, id: file.id, content: file.content }).toEqual({ path, id: was?.id, content: was?.content });
      continue;
    }
    if (thing.body.kind !== 'other') expect({ path, kind: thing.body.kind }).toEqual({ path, kind: file.kind });
    expect({ path, isSameFile: files.add(thing.body, file) }).toEqual({ path, isSameFile: true });
    if (file.kind === 'directory') continue;
    expect({ path, hasSameBytes: contents.add(thing.body.version, file.content) }).toEqual({
      path,
      hasSameBytes: true,
    });
    const wasThere = from !== null && !thing.body.isNew && before.get(from)?.content;
    if (wasThere !== false && wasThere !== undefined) {
      expect({ path, isAsBefore: thing.body.version === thing.body.versionBefore }).toEqual({
        path,
        isAsBefore: file.content === wasThere,
      });
    }
  }
  return contents;
}

describe('a tree of names', () => {
  test.each(Array.from({ length: seeds }, (_, index) => index + 1))('matches a plain disk: seed %i', (seed) => {
    const random = randomFrom(seed);
    const disk = new PlainDisk();
    for (let count = 0; count < 25; count += 1) operation(disk, random);
    const before = disk.begin();
    // The tree learns of a second name only from a record.
    const first = numbered([disk.secondNames()], random);
    const logs = Array.from({ length: 1 + random(3) }, () => {
      const steps = Array.from({ length: 5 + random(25) }, () => operation(disk, random));
      return numbered(steps, random);
    });

    const tree = treeOf([first, ...logs]);
    const shown = carriedOut(before.keys(), tree);
    expect([...shown.keys()].sort()).toEqual([...disk.files.keys()].sort());
    const contents = expectSame(shown, disk, before);

    const count = tree.things.length;
    for (const [path, { thing }] of shown) if (thing) expect(tree.resolve(area, namesIn(path))).toBe(thing);
    expect(tree.things).toHaveLength(count);
    for (const [id, { content }] of disk.kept) {
      const version = contents.of(content);
      if (version !== undefined) expect(tree.copiesOf(version)).toContain(id);
    }
  });

  test('a file that appears where records left nothing counts as changed by somebody else', () => {
    const disk = new PlainDisk();
    disk.create('a', 'file');
    const drop = disk.drop('a', true);
    // By the person: no record mentions it.
    disk.create('a', 'file');
    const tree = treeOf([numbered([drop, disk.write('a', true)], () => 1)]);
    expect(tree.things.map(({ body, place }) => [body.isMixed, place !== null])).toEqual([
      [false, false],
      [true, true],
    ]);
  });
});
