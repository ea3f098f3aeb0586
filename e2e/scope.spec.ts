/** A task sees its folder and nothing else: no other task, and nothing else on the computer. */
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './fixtures';
import { scopeProbe } from './support/scope-probe';
import { makeFolder } from './support/place';

test.use({ world: { name: 'scope' } });
test.describe.configure({ mode: 'serial' });

/** Appears in the other task's folder, outputs and session, and nowhere else */
const secret = `other-task-${randomBytes(8).toString('hex')}`;
/** Appears in a file of the computer that belongs to no task */
const outsideSecret = `outside-${randomBytes(8).toString('hex')}`;

test("folders that can't be bound are refused by name, and nothing is created", async ({ app, piwork }) => {
  const { root, home } = piwork.place;
  await makeFolder(piwork.place, 'real', { 'notes.txt': 'notes' });
  await symlink(join(home, 'tasks'), join(root, 'way in'));
  const dialog = await app.newTask();
  const refusals: readonly (readonly [folder: string, words: RegExp])[] = [
    [join(root, 'not there'), /doesn't exist\. Check the spelling/],
    [join(root, 'real', 'notes.txt'), /is a file\. Choose the folder that contains it/],
    [home, /contains Piwork's own files/],
    [`${root}/..`, /is a whole home folder/],
    [join(root, 'way in'), /contains Piwork's own files/],
    ['/proc/self', /belongs to the system/],
    ['real', /Enter the whole path of the folder/],
  ];
  for (const [folder, words] of refusals) {
    await dialog.fill({ title: 'Refused', folder });
    await dialog.expectRefusal(words);
  }
  await dialog.cancel();
  await expect(app.tasks).toHaveText('Your tasks will appear here.');
  expect(await readdir(join(home, 'tasks'))).toEqual([]);
  expect(await readdir(join(home, 'taskstate'))).toEqual([]);
});

test("a folder that can't be read is refused", async ({ app, piwork }) => {
  test.skip(process.getuid?.() === 0, 'root can read every folder');
  const folder = await makeFolder(piwork.place, 'locked');
  await chmod(folder, 0o000);
  const dialog = await app.newTask();
  await dialog.fill({ title: 'Refused', folder });
  await dialog.expectRefusal(/can't read .*\. Give yourself access/);
  await dialog.cancel();
});

test('a folder that is deleted later is reported, and works again when it is back', async ({ app, piwork }) => {
  const folder = await makeFolder(piwork.place, 'short-lived');
  const task = await app.createTaskByKeyboard('Short-lived', folder);
  await expect(app.workspaceStatus).toContainText('Workspace ready', { timeout: 120_000 });
  await expect(app.task('Short-lived')).toContainText('Idle');
  await rm(folder, { recursive: true });
  await task.message.fill('tour: run ls');
  await task.message.press('Enter');
  await expect(task.folderProblem).toContainText("doesn't exist");
  await expect(task.message).toHaveValue('tour: run ls');
  await mkdir(folder);
  await writeFile(join(folder, 'back.txt'), 'back');
  await task.folderProblem.getByRole('button', { name: 'Retry' }).click();
  await expect(task.folderProblem).toBeHidden();
  await expect(task.send).toBeEnabled();
});

test("another task can't reach what one task has", async ({ app, piwork }) => {
  const { place, host } = piwork;
  await piwork.stopMachine();
  await writeFile(join(place.outside, 'outside.txt'), outsideSecret);
  const otherFolder = await makeFolder(place, 'first folder', { 'secret.txt': secret });
  const other = await app.createTask('First', otherFolder);
  await other.run('tour: run cat secret.txt; cp secret.txt /mnt/taskstate/*/outputs');
  await expect(other.output('secret.txt')).toBeVisible();
  await expect(other.conversation).toContainText(secret);
  const [first] = (await host['app.snapshot']({})).tasks;
  const otherId = first?.taskId ?? '';

  const ownFolder = await makeFolder(place, 'second folder', { 'own.txt': 'this is my own file' });
  await mkdir(join(ownFolder, 'below'));
  await symlink(join(otherFolder, 'secret.txt'), join(ownFolder, 'absolute link'));
  await symlink('../first folder/secret.txt', join(ownFolder, 'relative link'));
  await symlink(join(place.outside, 'outside.txt'), join(ownFolder, 'outside link'));
  await writeFile(join(ownFolder, 'probe.sh'), scopeProbe({ place, otherId, otherFolder, secret, outsideSecret }));

  const own = await app.createTask('Second', ownFolder);
  await own.give('given.txt', 'given by the person');
  await own.run('tour: run bash probe.sh');
  const { tasks } = await host['app.snapshot']({});
  const ownId = tasks.find(({ title }) => title === 'Second')?.taskId ?? '';
  const report = await readFile(join(place.home, 'taskstate', ownId, 'outputs', 'probe.txt'), 'utf8');
  const lines = report.trim().split('\n');

  // The controls show that the probe can tell an open way from a closed one.
  expect(lines.filter((line) => line.startsWith('control'))).toEqual([
    'control own file: OPEN this is my own file',
    'control own outputs: OPEN',
    'control own link: OPEN this is my own file',
    'control uploads: OPEN given by the person',
    'control words found: OPEN /mnt/workdir/control.txt',
  ]);
  expect(lines.filter((line) => !line.startsWith('control') && !line.endsWith(': closed'))).toEqual([]);
  expect(lines.length).toBeGreaterThan(25);
  const conversation = JSON.stringify(await host['task.conversation']({ taskId: ownId }));
  for (const words of [secret, outsideSecret]) {
    expect(report).not.toContain(words);
    expect(conversation).not.toContain(words);
  }
  expect(await readFile(join(otherFolder, 'secret.txt'), 'utf8')).toBe(secret);
  expect(await readdir(otherFolder)).toEqual(['secret.txt']);
  expect(await readdir(join(place.home, 'taskstate', ownId, 'uploads'))).toEqual(['given.txt']);
  expect(await readdir(join(place.home, 'taskstate', otherId, 'session'))).toEqual(['bridge.jsonl', 'session.json']);
});

test("the file tools can't reach it either", async ({ app, piwork }) => {
  const own = await app.shownTask('Second');
  for (const path of [join(piwork.place.root, 'first folder', 'secret.txt'), '../first folder/secret.txt']) {
    await own.run(`tour: read ${path}`);
    await expect(own.card(/^Couldn't read .*secret\.txt/).last()).toBeVisible();
  }
  await expect(own.conversation).not.toContainText(secret);
});
