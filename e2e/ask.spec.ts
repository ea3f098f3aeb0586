/** The agent is about to delete, move or rename one of the person's files: the person is asked, whatever does it. */
import { spawnSync } from 'node:child_process';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { treeDigest } from '../files/journal/test/tree-digest';
import { expect, test } from './fixtures';
import { makeFolder } from './support/place';
import { openQuestion, runSettled, runTask, saidIn, startRun } from './support/run-task';

test.use({ world: { name: 'ask' } });
test.describe.configure({ mode: 'serial' });

test.beforeEach(({ piwork }) => piwork.stopMachine());

const files = { 'a.txt': 'a', 'b.txt': 'b', 'tree/c.txt': 'c', 'tree/deep/d.txt': 'd' };

const acts = [
  ['rm', 'rm -f a.txt'],
  // The guard doesn't understand this command, so the act itself is held.
  ['rm in a script', "eval 'rm -f a.txt'"],
  ['mv', 'mv b.txt elsewhere.txt'],
  ['find -delete', 'find tree -delete'],
  ['git clean', 'git clean -fdx'],
  ["Python's os.remove", `python3 -c "import os; os.remove('a.txt')"`],
  ["Python's shutil.rmtree", `python3 -c "import shutil; shutil.rmtree('tree')"`],
] as const;

for (const [name, command] of acts) {
  test(`${name}: asked, and without an answer the files are still there and the run continues`, async ({ piwork }) => {
    const { place, host } = piwork;
    await host['settings.update']({ approvalTimeoutSeconds: 5 });
    const folder = await makeFolder(place, name, files);
    spawnSync('git', ['init', '--quiet'], { cwd: folder });
    const before = treeDigest(folder, { hasFolderTimes: false });
    const { taskId } = await host['task.create']({ title: name, folder, model: 'tour' });
    await startRun(host, taskId, `tour: run ${command}; echo the end`, { canAsk: true });
    await expect
      .poll(async () => (await host['app.snapshot']({})).approvals.filter((one) => one.taskId === taskId).length, {
        timeout: 120_000,
        intervals: [50],
      })
      .toBeGreaterThan(0);
    const task = await runSettled(host, taskId);
    expect(task.activity).toBe('idle');
    expect(treeDigest(folder, { hasFolderTimes: false })).toEqual(before);
    const said = await saidIn(host, taskId);
    expect(said).toContain('the end');
    // The result of its tool tells the model why, in words.
    expect(said).toMatch(/\[Piwork\] .*(denied|was not|nobody)/);
    const { entries } = await host['approval.log']({ taskId });
    expect(entries.map(({ outcome }) => outcome)).toContain('expired');
    await host['task.remove']({ taskId });
  });
}

test('Allow lets it happen, and what the agent created itself is deleted without a question', async ({ piwork }) => {
  const { place, host } = piwork;
  await host['settings.update']({ approvalTimeoutSeconds: 120 });
  const folder = await makeFolder(place, 'allowed', files);
  const { taskId } = await host['task.create']({ title: 'Allowed', folder, model: 'tour' });
  await runTask(
    host,
    taskId,
    'tour: run echo mine > own.txt && mkdir own && echo x > own/x && mv own.txt own/y && rm -r own',
  );
  expect((await host['approval.log']({ taskId })).entries).toEqual([]);
  expect(await readdir(folder)).toEqual(['a.txt', 'b.txt', 'tree']);

  await startRun(host, taskId, 'tour: run rm -r tree; rm a.txt', { canAsk: true });
  const answered = new Set<string>();
  await expect
    .poll(
      async () => {
        const { approvals } = await host['app.snapshot']({});
        for (const { id, sentence, program, path } of approvals.filter((one) => !answered.has(one.id))) {
          answered.add(id);
          expect([sentence, program, path]).toEqual(['Delete 3 files?', 'rm -r tree; rm a.txt', 'tree']);
          await host['approval.answer']({ id, answer: { allow: true, scope: 'once' } });
        }
        return answered.size;
      },
      { timeout: 120_000, intervals: [50] },
    )
    .toBe(1);
  await runSettled(host, taskId);
  expect(await readdir(folder)).toEqual(['b.txt']);
});

/** Each way puts a file of the agent's at the person's name, and then deletes or moves it. */
const ownThenRemoved = `
rm p1.txt
sed -i s/text/TEXT/ p2.txt; rm p2.txt
python3 -c "import os; open('t','w').write(''); os.replace('t','p3.txt'); os.unlink('p3.txt')"
echo x > y; mv y p4.txt; rm p4.txt
ln -sf /dev/null p5.txt; rm p5.txt
echo x > y; mv y p6.txt; mv p6.txt /tmp/
`;

test('what the person had stays theirs when the agent replaces it, in later turns and after a restart', async ({
  piwork,
}) => {
  const { place, host } = piwork;
  const theirs = ['p1.txt', 'p2.txt', 'p3.txt', 'p4.txt', 'p5.txt', 'p6.txt'];
  const folder = await makeFolder(place, 'own-then-rm', {
    ...Object.fromEntries(theirs.map((name) => [name, `the text of ${name}`])),
    'work.sh': ownThenRemoved,
    'again.sh': `echo mine > own.txt; rm own.txt; for name in ${theirs.join(' ')}; do rm -f $name; done`,
    'clean.sh': 'git clean -fdx',
  });
  spawnSync('git', ['init', '--quiet'], { cwd: folder });
  const { taskId } = await host['task.create']({ title: 'Own, then removed', folder, model: 'tour' });
  const deniedIn = async (script: string): Promise<readonly (string | null)[]> => {
    const before = (await host['approval.log']({ taskId })).entries.length;
    await runTask(host, taskId, `tour: run bash ${script}`);
    return (await host['approval.log']({ taskId })).entries.slice(before).map(({ path }) => path);
  };
  const there = async () => (await readdir(folder)).filter((name) => /^(p\d|own|t$|y$)/.test(name));

  expect(await deniedIn('work.sh')).toEqual(theirs);
  expect(await there()).toEqual(theirs);
  expect(await deniedIn('again.sh')).toEqual(theirs);
  expect(await there()).toEqual(theirs);
  await piwork.stopMachine();
  // One program is asked about once in a turn.
  expect((await deniedIn('clean.sh')).length).toBeGreaterThan(0);
  expect(await there()).toEqual(theirs);
});

test('a run that is stopped while a question is open ends, and nothing is done', async ({ piwork }) => {
  const { place, host } = piwork;
  const folder = await makeFolder(place, 'stopped', files);
  const { taskId } = await host['task.create']({ title: 'Stopped', folder, model: 'tour' });
  await startRun(host, taskId, "tour: run eval 'rm a.txt'", { canAsk: true });
  await openQuestion(host, taskId);
  // An edit of the person in the same folder at that time must not block the mount.
  await writeFile(join(folder, 'b.txt'), 'edited by the person');
  await host['task.stop']({ taskId });
  await runSettled(host, taskId);
  expect(await readdir(folder)).toEqual(['a.txt', 'b.txt', 'tree']);
  const { approvals } = await host['app.snapshot']({});
  expect(approvals).toEqual([]);
  await runTask(host, taskId, 'tour: run cat b.txt');
  expect(await saidIn(host, taskId)).toContain('edited by the person');
});
