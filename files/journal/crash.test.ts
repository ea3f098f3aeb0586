import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { rounds } from '../../node/test/rounds';
import { openFolder } from '../confined/open-folder';
import { Journal } from './journal';
import { takeBack } from './take-back/take-back';
import { planTakeBack } from './take-back/plan';
import { operate, randomFrom } from './test/random-operations';
import { tempFolder } from './test/temp-folder';
import { treeDigest } from './test/tree-digest';

const crashes = Number(process.env['PIWORK_CRASHES'] ?? rounds(15));
const firstSeed = Number(process.env['PIWORK_FIRST_SEED'] ?? 1);
const build = tempFolder();
const program = join(build.path, 'crash-child.cjs');

beforeAll(() => {
  const entry = join(__dirname, 'test', 'crash-child.ts');
  buildSync({
    entryPoints: [entry],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
  });
});
afterAll(() => build.remove());

/** Starts the program and kills it after it has printed so many lines. Returns `false` if it ended by itself before. */
async function killed(args: readonly string[], after: number): Promise<boolean> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = 0;
  child.stdout.on('data', (bytes: Buffer) => {
    said += bytes.length;
    if (said >= after) child.kill('SIGKILL');
  });
  const [, signal] = (await once(child, 'close')) as [number | null, string | null];
  return signal === 'SIGKILL';
}

function setUp(seed: number) {
  const folder = tempFolder();
  const store = tempFolder(seed % 4 === 0 ? '/dev/shm' : undefined);
  const root = join(folder.path, 'root');
  mkdirSync(root);
  const random = randomFrom(seed);
  const plain = openFolder(root);
  for (let count = 0; count < 80; count += 1) operate(plain, random);
  plain.close();
  const open = (): Journal =>
    Journal.open(store.path, {
      areas: { folder: { files: openFolder(root), path: root } },
      isSynced: false,
      soon: () => undefined,
    });
  const remove = (): void => {
    folder.remove();
    store.remove();
  };
  return { root, store: store.path, random, open, remove };
}

const describeLinux = process.platform === 'linux' ? describe : describe.skip;
const seeds = Array.from({ length: crashes }, (_, index) => firstSeed + index);

describeLinux('a program that is killed', () => {
  test.each(seeds)('crash during changes: seed %i', async (seed) => {
    const { root, store, random, open, remove } = setUp(seed);
    const before = treeDigest(root);
    expect(await killed([root, store, 'change', `${seed}`], 1 + random(300))).toBe(true);
    const journal = open();
    const [turn] = journal.turns();
    expect(turn).toMatchObject({ turn: 1, state: 'interrupted', leaf: 'turn' });
    const plan = planTakeBack(journal, { turns: [1] });
    expect(plan.conflicts).toEqual([]);
    const { left } = await takeBack(journal, plan);
    expect(left).toEqual([]);
    expect(treeDigest(root)).toEqual(before);
    journal.close();
    remove();
  });

  test.each(seeds)('power cut during changes that destroys copies: seed %i', async (seed) => {
    const { root, store, random, open, remove } = setUp(seed);
    const before = treeDigest(root);
    expect(await killed([root, store, 'change-synced', `${seed}`], 30 + random(100))).toBe(true);
    for (const path of copiesInLog(store)) {
      if (random(3) === 0) rmSync(path);
      else if (random(2) === 0) truncateSync(path, 0);
    }
    const journal = open();
    const plan = planTakeBack(journal, { turns: [1] });
    expect(plan.conflicts).toEqual([]);
    expect((await takeBack(journal, plan)).left).toEqual([]);
    expect(treeDigest(root)).toEqual(before);
    journal.close();
    remove();
  });

  test.each(seeds)('two crashes during undo: seed %i', async (seed) => {
    const { root, store, random, open, remove } = setUp(seed);
    const before = treeDigest(root);
    const first = open();
    first.beginTurn({ leaf: 'turn', promptId: null });
    for (let count = 0; count < 150; count += 1) operate(first.folder('folder'), random);
    first.close();
    const after = treeDigest(root, { hasLinks: false });
    await killed([root, store, 'take-back'], 1 + random(6));
    await killed([root, store, 'take-back'], 1 + random(6));
    const journal = open();
    const plan = planTakeBack(journal, { turns: [1] });
    expect(plan.conflicts).toEqual([]);
    await takeBack(journal, plan);
    expect(treeDigest(root, { hasFolderTimes: false })).toEqual(treeless(before));
    expect(readdirSync(root).filter((name) => name.startsWith('.piwork'))).toEqual([]);
    const redo = planTakeBack(journal, { turns: [1], isRedo: true });
    expect(redo.conflicts).toEqual([]);
    await takeBack(journal, redo);
    expect(treeDigest(root, { hasLinks: false, hasFolderTimes: false })).toEqual(treeless(after));
    journal.close();
    remove();
  });
});

/** Kept files whose bytes are in the first turn's log. A torn last line doesn't count. */
function copiesInLog(store: string): readonly string[] {
  const turn = join(store, 'turns', '1');
  const log = readFileSync(join(turn, 'ops.jsonl'), 'utf8');
  const lines = log.slice(0, log.lastIndexOf('\n') + 1).split('\n');
  return lines.flatMap((line) => {
    const kept = line.includes('"bytes":"') ? /"kept":"1\/(\d+)"/.exec(line)?.[1] : undefined;
    return kept === undefined ? [] : [join(turn, 'kept', kept)];
  });
}

/** Without times of directories. */
const treeless = (lines: readonly string[]): readonly string[] =>
  lines.map((line) => line.replace(/^(\S+\/ \d+) -?\d+$/, '$1'));
