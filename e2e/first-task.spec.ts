/** The main job: add a folder, watch the work, get a file back. */
import { randomBytes, randomInt } from 'node:crypto';
import { readFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './fixtures';
import { makeFolder } from './support/place';

test.use({ world: { name: 'first-task' } });
test.describe.configure({ mode: 'serial' });

const endings = ['txt', 'md', 'csv', 'json', 'png', 'dat'];

/** Files with random names, places, sizes and contents. */
function randomFiles(count: number): Record<string, Buffer> {
  const files = Array.from({ length: count }, (_, index) => {
    const folder = index % 7 === 0 ? `part ${index % 3}/` : '';
    const ending = endings[randomInt(endings.length)] ?? 'dat';
    const size = randomInt(0, 3000);
    const content =
      ending === 'png' || ending === 'dat' ? randomBytes(size) : Buffer.from(randomBytes(size).toString('hex'));
    return [`${folder}${randomBytes(4).toString('hex')}-${index}.${ending}`, content] as const;
  });
  return Object.fromEntries(files);
}

test('the agent in the machine summarises a folder of more than 200 files', async ({ app, piwork }) => {
  const files = randomFiles(200 + randomInt(40));
  const names = Object.keys(files);
  const newest = names[randomInt(names.length)] ?? '';
  const folder = await makeFolder(piwork.place, 'field notes', files);
  const later = new Date(Date.now() + 60_000);
  await utimes(join(folder, newest), later, later);
  const totalBytes = Object.values(files).reduce((sum, content) => sum + content.length, 0);

  const dialog = await app.newTask();
  await dialog.fill({ title: 'Field notes', folder });
  await expect(dialog.dialog.getByText(/^The task will see .*field notes and nothing else\.$/)).toBeVisible();
  await dialog.create();
  const task = await app.shownTask('Field notes');
  await expect(task.page.getByText(/^works in .*field notes only$/)).toBeVisible();

  await task.prompt('Summarise this folder');
  await expect(task.conversation.getByText('Summarise this folder')).toBeVisible();
  await expect(app.workspaceStatus).toHaveText(/Workspace ready/, { timeout: 120_000 });
  await expect(task.card(/^(Running|Ran) python3/)).toBeVisible({ timeout: 120_000 });
  await expect(task.card('Created summary.md')).toBeVisible({ timeout: 120_000 });
  await task.settled();

  await expect(task.card('Created summary.md')).toContainText('Done');
  await expect(task.conversation).toContainText(`The folder holds ${names.length} files`);
  await expect(app.task('Field notes')).toContainText('Idle');

  const preview = await task.openOutput('summary.md');
  await expect(preview.content.getByRole('heading', { name: 'Summary of the folder' })).toBeVisible();
  await expect(preview.content).toContainText(`Files: ${names.length}`);
  await expect(preview.content).toContainText(`Total size: ${totalBytes} bytes`);
  await expect(preview.content).toContainText(`Newest file: ${newest}`);
  await preview.close();

  const { tasks } = await piwork.host['app.snapshot']({});
  const written = await readFile(
    join(piwork.place.home, 'taskstate', tasks[0]?.taskId ?? '', 'outputs', 'summary.md'),
    'utf8',
  );
  expect(written).toContain(`- Files: ${names.length}\n- Total size: ${totalBytes} bytes`);
});

test('a card opens to show what was run and its output', async ({ app }) => {
  const task = await app.shownTask('Field notes');
  const card = task.card(/^Ran python3/);
  await card.getByRole('button', { expanded: false }).click();
  await expect(card.getByText('import json, os, re, stat, sys, time')).toBeVisible();
  await expect(card.getByRole('group', { name: 'Result' })).toContainText('"newestAt": ');
});

test('the workspace says how it started', async ({ app }) => {
  await app.workspaceStatus.getByRole('button').click();
  const details = app.page.getByRole('dialog', { name: 'Workspace' });
  await expect(details.getByText(/^Ready after /)).toBeVisible();
  await expect(details.getByRole('list', { name: 'Phases' }).getByText('Connecting to the workspace')).toBeVisible();
  await app.page.keyboard.press('Escape');
});

test('the button gives the task a file', async ({ app, piwork }) => {
  const task = await app.shownTask('Field notes');
  await task.give('given.txt', 'given by the person');
  const { tasks } = await piwork.host['app.snapshot']({});
  const uploads = join(piwork.place.home, 'taskstate', tasks[0]?.taskId ?? '', 'uploads');
  expect(await readFile(join(uploads, 'given.txt'), 'utf8')).toBe('given by the person');
});

test('a run is stopped', async ({ app }) => {
  const task = await app.shownTask('Field notes');
  await task.prompt('tour: slow');
  await expect(task.card(/^Running for i in/)).toContainText('second 1 of the first wait', { timeout: 120_000 });
  await task.stop.click();
  await expect(task.stop).toBeHidden({ timeout: 30_000 });
  await expect(app.task('Field notes')).toContainText('Idle');
  await expect(task.conversation.getByText('Stopped.', { exact: true })).toBeVisible();
  await expect(task.conversation.getByText('Fifteen seconds have passed')).toBeHidden();
});
