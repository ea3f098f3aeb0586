/** Piwork is ended and started again: what was said and made is still there, and a broken file affects nothing else. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './fixtures';
import { makeFolder } from './support/place';
import { qemusOf } from './support/processes';

test.use({ world: { name: 'restart' } });
test.describe.configure({ mode: 'serial' });

test('conversation, outputs and title are still there, and the task continues', async ({ app, piwork }) => {
  const { place } = piwork;
  const folder = await makeFolder(place, 'kept', { 'word.txt': 'heliotrope' });
  const before = await app.createTask('First name', folder);
  await before.run('tour: run cp word.txt /mnt/taskstate/*/outputs; cat word.txt');
  await expect(before.conversation).toContainText('heliotrope');
  await before.rename('Second name');
  expect(qemusOf(place.folder)).toHaveLength(1);

  const page = await piwork.restart();
  expect(qemusOf(place.folder), 'nothing runs before it is needed').toEqual([]);
  await expect(page.workspaceStatus).toContainText('Workspace asleep');
  const task = await page.openTask('Second name');
  await expect(task.conversation).toContainText('tour: run cp word.txt');
  await expect(task.card(/^Ran cp word\.txt/)).toContainText('Done');
  await expect(task.conversation).toContainText('heliotrope');
  const preview = await task.openOutput('word.txt');
  await expect(preview.content).toHaveText('heliotrope');
  await preview.close();

  await task.run('tour: run wc -c word.txt');
  await expect(task.conversation).toContainText('10 word.txt');
  const [summary] = (await piwork.host['app.snapshot']({})).tasks;
  const session = await readFile(
    join(place.home, 'taskstate', summary?.taskId ?? '', 'session', 'session.json'),
    'utf8',
  );
  // One session contains both runs: the agent itself remembers the first.
  expect(session).toContain('tour: run cp word.txt');
  expect(session).toContain('tour: run wc -c word.txt');
});

test('a broken task.json is moved aside and reported, and the other tasks load', async ({ app, piwork }) => {
  const { home } = piwork.place;
  await piwork.host['task.create']({ title: 'Broken', folder: null });
  const { tasks } = await piwork.host['app.snapshot']({});
  const brokenId = tasks.find(({ title }) => title === 'Broken')?.taskId ?? '';
  await expect(app.task('Broken')).toBeVisible();
  await piwork.quit();
  const file = join(home, 'tasks', brokenId, 'task.json');
  await writeFile(file, '{"version":1,"title":"Bro');
  await piwork.start();

  const page = piwork.page;
  await expect(page.task('Second name')).toBeVisible();
  await expect(page.task('Broken')).toBeHidden();
  await expect(page.setAside).toContainText(join('tasks', brokenId, 'task.json'));
  await expect(page.setAside).toContainText('Nothing was deleted, and everything else loaded.');
  const left = await readdir(join(home, 'tasks', brokenId));
  expect(left.some((name) => name !== 'task.json' && name.startsWith('task.json'))).toBe(true);
});

test('the conversation is read from the session when its cache is gone', async ({ piwork }) => {
  const { home } = piwork.place;
  const { tasks } = await piwork.host['app.snapshot']({});
  const taskId = tasks.find(({ title }) => title === 'Second name')?.taskId ?? '';
  await piwork.quit();
  await writeFile(join(home, 'tasks', taskId, 'conversation.json'), 'not json');
  await piwork.start();
  const task = await piwork.page.openTask('Second name');
  await expect(task.conversation).toContainText('heliotrope');
  await expect(task.card(/^Ran wc -c word\.txt/)).toContainText('Done');
});
