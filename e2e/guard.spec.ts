/** The guard reads a command before it runs and asks once, in words. Without Allow, nothing of it is done. */
import { existsSync, readdirSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './fixtures';
import { makeFolder } from './support/place';
import { openQuestion, runSettled, runTask, saidIn, startRun } from './support/run-task';
import { lookAt } from './support/screens';

test.use({ world: { name: 'guard' } });
test.describe.configure({ mode: 'serial' });

test.beforeEach(({ piwork }) => piwork.stopMachine());

const files = { 'Reports/q1.csv': '1', 'Reports/q2.csv': '2', 'Reports/q3.csv': '3', 'keep.txt': 'keep' };

test("without an answer the command doesn't run, the model is told why, and the run continues", async ({ piwork }) => {
  const { host, place } = piwork;
  await host['settings.update']({ approvalTimeoutSeconds: 5 });
  const folder = await makeFolder(place, 'silent', files);
  const { taskId } = await host['task.create']({ title: 'Silent', folder, model: 'tour' });
  await startRun(host, taskId, 'tour: run rm -r Reports && touch was-run', { canAsk: true });
  expect(await openQuestion(host, taskId)).toMatchObject({
    kind: 'delete',
    sentence: 'Delete the folder Reports with 3 files in it?',
    program: 'rm -r Reports && touch was-run',
    count: 3,
  });
  expect((await runSettled(host, taskId)).activity).toBe('idle');
  expect(readdirSync(folder).sort()).toEqual(['Reports', 'keep.txt']);
  expect(await saidIn(host, taskId)).toContain('[Piwork] Nobody answered in time');
  const { entries } = await host['approval.log']({ taskId });
  expect(entries).toMatchObject([{ kind: 'delete', outcome: 'expired', count: 3 }]);
  await host['settings.update']({ approvalTimeoutSeconds: 120 });
});

test('Allow on the card lets the whole command run, without a second question', async ({ app, piwork }, testInfo) => {
  const { host, place } = piwork;
  const folder = await makeFolder(place, 'Quarterly', files);
  const task = await app.createTask('Quarterly', folder);
  await task.prompt('tour: run rm -r Reports; mv keep.txt kept.txt; ls');
  const question = app.question('Delete the folder Reports with 3 files in it, and rename keep.txt to kept.txt?');
  await expect(question.card).toBeVisible({ timeout: 120_000 });
  await expect(question.card).toContainText('Waiting for your OK');
  await lookAt(piwork, '14-guard', { testInfo });
  await question.allowOnce();
  await task.settled();
  expect(readdirSync(folder)).toEqual(['kept.txt']);
  const { tasks } = await host['app.snapshot']({});
  const taskId = tasks.find(({ title }) => title === 'Quarterly')?.taskId ?? '';
  const { entries } = await host['approval.log']({ taskId });
  expect(entries.map(({ outcome, scope }) => `${outcome} ${scope}`)).toEqual([
    'allowed once',
    ...entries.slice(1).map(() => 'granted once'),
  ]);
  expect(entries.length).toBeGreaterThan(1);
});

test('nothing is asked about what the agent created itself, or about what touches nothing', async ({ piwork }) => {
  const { host, place } = piwork;
  const folder = await makeFolder(place, 'own', files);
  const { taskId } = await host['task.create']({ title: 'Own', folder, model: 'tour' });
  await runTask(host, taskId, 'tour: run echo mine > own.txt');
  await runTask(host, taskId, 'tour: run rm own.txt; ls > /dev/null; mv absent elsewhere');
  expect((await host['approval.log']({ taskId })).entries).toEqual([]);
  expect(existsSync(join(folder, 'own.txt'))).toBe(false);
});

test('a run that is stopped while the guard asks ends, and nothing is done', async ({ piwork }) => {
  const { host, place } = piwork;
  const folder = await makeFolder(place, 'stopped', files);
  const { taskId } = await host['task.create']({ title: 'Stopped', folder, model: 'tour' });
  await startRun(host, taskId, 'tour: run rm keep.txt', { canAsk: true });
  await openQuestion(host, taskId);
  await host['task.stop']({ taskId });
  await runSettled(host, taskId);
  expect(readdirSync(folder).sort()).toEqual(['Reports', 'keep.txt']);
  expect((await host['app.snapshot']({})).approvals).toEqual([]);
});

test('a guard killed during a question denies, comes back, and asks again', async ({ piwork }) => {
  const { host, place } = piwork;
  const folder = await makeFolder(place, 'killed', files);
  const { taskId } = await host['task.create']({ title: 'Killed', folder, model: 'tour' });
  // It keeps running in the sandbox after the call that started it, and ends the bridge when the question is open.
  await runTask(
    host,
    taskId,
    'tour: run (until [ -e kill-it ]; do sleep 0.1; done; pkill -9 -f bridge.cjs) > /dev/null 2>&1 & echo begun',
  );
  await startRun(host, taskId, 'tour: run rm keep.txt', { canAsk: true });
  await openQuestion(host, taskId);
  await writeFile(join(folder, 'kill-it'), '');
  expect((await runSettled(host, taskId)).activity).toBe('idle');
  await rm(join(folder, 'kill-it'));
  expect(readdirSync(folder).sort()).toEqual(['Reports', 'keep.txt']);
  expect(await saidIn(host, taskId)).toContain("The guard didn't answer, so this was not done");
  await startRun(host, taskId, 'tour: run rm keep.txt; echo gone', { canAsk: true });
  const { id, sentence } = await openQuestion(host, taskId);
  expect(sentence).toBe('Delete keep.txt?');
  await host['approval.answer']({ id, answer: { allow: true, scope: 'once' } });
  await runSettled(host, taskId);
  expect(readdirSync(folder)).toEqual(['Reports']);
  const said = await saidIn(host, taskId);
  for (const text of ['begun', 'gone']) expect(said).toContain(text);
});
