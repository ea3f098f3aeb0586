/** Undo restores what the agent did to files, with a shell or anything else, to the byte, mode and time. */
import { readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdir, readdir, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { treeDigest } from '../files/journal/test/tree-digest';
import { expect, test } from './fixtures';
import { makeFolder } from './support/place';
import { killNow, processesOf } from './support/processes';
import { runSettled, runTask, saidIn, startRun } from './support/run-task';

test.use({ world: { name: 'undo' } });
test.describe.configure({ mode: 'serial' });

const fileCount = 500;

/** A folder of 500 files in ten folders, with various modes and times, and a link. */
async function makeManyFiles(folder: string): Promise<void> {
  for (let index = 0; index < fileCount; index += 1) {
    const path = join(folder, `part ${index % 10}`, `file-${index}.txt`);
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, `file ${index}\n`.repeat(index));
    await chmod(path, index % 3 === 0 ? 0o600 : 0o644);
    await utimes(path, 1_600_000_000.125 + index, 1_600_000_000.125 + index);
  }
  await symlink('file-1.txt', join(folder, 'part 1', 'a link'));
}

/** Renames, overwrites, deletes and chmods all of them, and creates new ones. */
const havoc = `for f in part*/file-*.txt; do
  n=\${f##*-}; n=\${n%.txt}
  case $((n % 5)) in
    0) mv "$f" "\${f%.txt}.moved" ;;
    1) echo overwritten > "$f" ;;
    2) rm "$f" ;;
    3) chmod 755 "$f" ;;
    4) echo appended >> "$f"; mv "$f" "part 0/from-elsewhere-$n" ;;
  esac
done
mkdir -p made/deep && echo new > made/deep/new.txt
mv "part 9" "part nine"
rm "part 1/a link"
python3 -c "import os; [os.remove(os.path.join('part 3', name)) for name in os.listdir('part 3')]"
`;

const treeContents = (folder: string): Record<string, string> =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));

test('a turn that renamed, overwrote, deleted and chmodded 500 files', async ({ piwork }) => {
  const { place, host } = piwork;
  const folder = await makeFolder(place, 'many');
  await makeManyFiles(folder);
  await writeFile(join(folder, 'havoc.sh'), havoc);
  const before = treeDigest(folder);

  const { taskId } = await host['task.create']({ title: 'Havoc', folder, model: 'tour' });
  const task = await runTask(host, taskId, 'tour: run bash havoc.sh', { allow: ['delete', 'rename'] });
  expect(task.activity).toBe('idle');
  const after = treeDigest(folder);
  const { turns } = await host['turn.list']({ taskId });
  const [turn] = turns;
  expect(turn?.counts.deleted).toBeGreaterThan(100);
  expect(turn?.counts.renamed).toBeGreaterThan(100);
  expect(after).not.toEqual(before);

  const taken = await host['turn.take_back']({ taskId, turn: turn?.turn ?? 0, isRedo: false }, { timeoutMs: 120_000 });
  expect(taken.left).toEqual([]);
  expect(treeDigest(folder)).toEqual(before);
  const { items } = await host['task.conversation']({ taskId });
  expect(items).toEqual([]);

  // After a restart it can be redone, and undone again.
  await piwork.restart();
  const redone = await piwork.host['turn.take_back'](
    { taskId, turn: turn?.turn ?? 0, isRedo: true },
    { timeoutMs: 120_000 },
  );
  expect(redone.left).toEqual([]);
  expect(treeDigest(folder, { hasFolderTimes: false })).toEqual(withoutFolderTimes(after));
  expect(await saidIn(piwork.host, taskId)).toContain('havoc.sh');
  await piwork.host['turn.take_back']({ taskId, turn: turn?.turn ?? 0, isRedo: false }, { timeoutMs: 120_000 });
  expect(treeDigest(folder)).toEqual(before);
});

/** Lines of directories without their times: folders that a redo creates have its own time. */
const withoutFolderTimes = (lines: readonly string[]): string[] =>
  lines.map((line) => line.replace(/^(.*\/ [0-7]+) \d+$/, '$1'));

/** As an old archive contains, in Latin-1: `café.txt` and `été/`. */
async function makeLegacy(folder: string): Promise<void> {
  const at = (name: string): Buffer => Buffer.from(join(folder, name), 'latin1');
  await mkdir(at('legacy/\xe9t\xe9'), { recursive: true });
  for (const name of ['ok.txt', 'caf\xe9.txt', '\xe9t\xe9/d\xe9j\xe0'])
    await writeFile(at(`legacy/${name}`), Buffer.from(name, 'latin1'));
  await symlink(Buffer.from('caf\xe9.txt', 'latin1'), at('legacy/l\xe9'));
}

/** Archives the folder and deletes it; says what the copies contain, and what a kernel answers about rights and times. */
const archive = `set -e
cp -r legacy copy; tar cf legacy.tar legacy; rm -r legacy
tar tf legacy.tar | wc -l; find copy | wc -l; cat copy/caf*.txt | od -An -tx1
mkdir out; tar xf legacy.tar -C out; diff -r copy out/legacy && echo the same
test -x archive.sh || echo not a program
touch -d '1950-01-01 00:00:00.123456789' old; cp -p old older; stat -c %y older; test old -nt older || echo as old
`;

const archived = `6
6
 63 61 66 e9 2e 74 78 74
the same
not a program
1950-01-01 00:00:00.123456789 +0000
as old
`;

test("archived, then deleted: no file is lost whose name isn't UTF-8", async ({ piwork }) => {
  const { place, host } = piwork;
  const folder = await makeFolder(place, 'legacy');
  await makeLegacy(folder);
  await writeFile(join(folder, 'archive.sh'), archive);
  const before = treeDigest(folder);
  const { taskId } = await host['task.create']({ title: 'Legacy', folder, model: 'tour' });
  await runTask(host, taskId, 'tour: run bash archive.sh', { allow: ['delete'] });
  // The conversation as JSON
  expect(await saidIn(host, taskId)).toContain(JSON.stringify(archived).slice(1, -1));
  const copied = treeDigest(folder, { hasFolderTimes: false }).filter((line) => /^\.\/copy\/[^ ]/.test(line));
  expect(copied.map((line) => line.split(' ')[0]).sort()).toEqual(
    ['caf\xe9.txt', 'l\xe9', 'ok.txt', '\xe9t\xe9/', '\xe9t\xe9/d\xe9j\xe0'].map((name) => `./copy/${name}`).sort(),
  );
  const { turns } = await host['turn.list']({ taskId });
  const turn = turns[0]?.turn ?? 0;
  const { changes } = await host['turn.changes']({ taskId, turn });
  expect(changes.map(({ from }) => from)).toContain('legacy/caf\udce9.txt');
  const taken = await host['turn.take_back']({ taskId, turn, isRedo: false }, { timeoutMs: 120_000 });
  expect(taken.left).toEqual([]);
  expect(treeDigest(folder)).toEqual(before);
});

test('a turn during which the app was killed', async ({ piwork }) => {
  const { place } = piwork;
  const folder = await makeFolder(place, 'killed');
  await makeManyFiles(folder);
  await writeFile(join(folder, 'havoc.sh'), `${havoc}sleep 100\n`);
  const before = treeDigest(folder);
  const { taskId } = await piwork.host['task.create']({ title: 'Killed', folder, model: 'tour' });
  await startRun(piwork.host, taskId, 'tour: run bash havoc.sh', { allow: ['delete', 'rename'] });
  await expect
    .poll(async () => (await readdir(join(folder, 'part 0'))).filter((name) => name.endsWith('.moved')).length, {
      timeout: 180_000,
      intervals: [20],
    })
    .toBeGreaterThan(10);
  // The host first: it would close the turn properly if it saw the machine end.
  killNow(piwork.running.pid);
  for (const { pid } of processesOf(place.folder)) killNow(pid);
  await piwork.quit().catch(() => undefined);
  expect(treeDigest(folder)).not.toEqual(before);

  await piwork.start();
  const { host } = piwork;
  const { turns } = await host['turn.list']({ taskId });
  expect(turns.map(({ state }) => state)).toEqual(['interrupted']);
  const taken = await host['turn.take_back'](
    { taskId, turn: turns[0]?.turn ?? 0, isRedo: false },
    { timeoutMs: 120_000 },
  );
  expect(taken.left).toEqual([]);
  expect(treeDigest(folder)).toEqual(before);
});

test('what the person changed since stays, and a single file can be undone', async ({ piwork }) => {
  const { place, host } = piwork;
  const folder = await makeFolder(place, 'shared', { 'a.txt': 'a', 'b.txt': 'b', 'c.txt': 'c' });
  const { taskId } = await host['task.create']({ title: 'Shared', folder, model: 'tour' });
  await runTask(host, taskId, 'tour: run for f in a b c; do echo agent > $f.txt; done');
  await writeFile(join(folder, 'b.txt'), 'mine');
  const [turn] = (await host['turn.list']({ taskId })).turns;
  const number = turn?.turn ?? 0;
  const { changes } = await host['turn.changes']({ taskId, turn: number });
  const only = changes.find(({ to }) => to === 'a.txt');
  const compared = await host['turn.compare']({ taskId, turn: number, changeId: only?.id ?? '' });
  expect(compared).toMatchObject({ before: { text: 'a' }, after: { text: 'agent\n' } });
  await host['turn.take_back']({ taskId, turn: number, changeIds: [only?.id ?? ''], isRedo: false });
  expect(treeContents(folder)).toEqual({ 'a.txt': 'a', 'b.txt': 'mine', 'c.txt': 'agent\n' });

  const plan = await host['turn.plan']({ taskId, turn: number, isRedo: false });
  expect(plan.conflicts).toMatchObject([{ path: 'b.txt', reason: 'changed-since' }]);
  const taken = await host['turn.take_back']({ taskId, turn: number, isRedo: false });
  expect(taken.left).toMatchObject([{ path: 'b.txt', reason: 'changed-since' }]);
  expect(treeContents(folder)).toEqual({ 'a.txt': 'a', 'b.txt': 'mine', 'c.txt': 'c' });
  await runSettled(host, taskId);
});
