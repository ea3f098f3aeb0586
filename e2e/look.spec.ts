/**
 * Every screen, light and dark, wide and narrow: pictures for people to review, and no serious problem found by axe.
 */
import { expect, test } from './fixtures';
import { makeFolder } from './support/place';
import { lookAt } from './support/screens';

test.use({ world: { name: 'look' } });
test.describe.configure({ mode: 'serial' });

const words = 'soil moisture after rain, seedlings counted by row, shade at noon, frost in the low bed, bees on clover';

/** A folder such as a person might have. */
function gardenFiles(): Record<string, string> {
  const months = ['march', 'april', 'may', 'june'];
  const notes = months.flatMap((month, at) =>
    Array.from({ length: 12 }, (_, day) => [
      `notes/2026-0${at + 3}-${String(day + 1).padStart(2, '0')}.md`,
      `# ${month} ${day + 1}\n\n${words}\n`.repeat(1 + (day % 4)),
    ]),
  );
  const tables = months.map((month) => [
    `harvest ${month}.csv`,
    'bed,kind,weight\n1,bean,3.2\n2,squash,8.1\n'.repeat(40),
  ]);
  const plans = ['north bed', 'south bed', 'greenhouse'].map((bed) => [`${bed} plan.txt`, `${words}\n`.repeat(30)]);
  return Object.fromEntries([...notes, ...tables, ...plans]) as Record<string, string>;
}

test('the first visit', async ({ app, piwork }, testInfo) => {
  await expect(app.page.getByRole('button', { name: 'Start your first task' })).toBeVisible();
  await lookAt(piwork, '1-first-visit', { testInfo });
});

test('a new task', async ({ app, piwork }, testInfo) => {
  const folder = await makeFolder(piwork.place, 'Garden', gardenFiles());
  const dialog = await app.newTask();
  await dialog.fill({ title: 'Garden notes', folder });
  await expect(dialog.dialog.getByText(/^The task will see/)).toBeVisible();
  await lookAt(piwork, '2-new-task', { testInfo });
  await dialog.folder.fill(`${folder}/not there`);
  await expect(dialog.dialog.getByText(/doesn't exist/)).toBeVisible();
  await lookAt(piwork, '3-new-task-refused', { testInfo });
  await dialog.folder.fill(folder);
  await dialog.create();
  await app.shownTask('Garden notes');
  await lookAt(piwork, '4-empty-task', { testInfo });
});

test('a run, working and settled', async ({ app, piwork }, testInfo) => {
  const task = await app.shownTask('Garden notes');
  const others = { Photos: 'Holiday pictures by place', Invoices: 'Sum of the year', Thesis: 'Sources in one list' };
  for (const [name, title] of Object.entries(others)) {
    await piwork.host['task.create']({ title, folder: await makeFolder(piwork.place, name) });
  }
  await task.run('Summarise this folder');
  await lookAt(piwork, '5-settled', {
    testInfo,
    settle: async () => expect(app.page.getByRole('button', { name: 'Jump to newest' })).toBeHidden(),
  });
  const preview = await task.openOutput('summary.md');
  await expect(preview.content.getByRole('heading', { name: 'Summary of the folder' })).toBeVisible();
  await lookAt(piwork, '6-preview', { testInfo });
  await preview.close();

  await piwork.stopMachine();
  const folder = await makeFolder(piwork.place, 'Letters', { 'one.txt': 'one' });
  const slow = await app.createTask('Letters to sort', folder);
  // Long enough for every picture, however slow the machine is.
  await slow.prompt('tour: run for i in $(seq 1 600); do echo "second $i of many"; sleep 1; done');
  await expect(slow.card(/^Running for i in/)).toContainText('second 2', { timeout: 120_000 });
  await lookAt(piwork, '7-at-work', { testInfo });
  await slow.stop.click();
  await expect(slow.stop).toBeHidden();
  await slow.run('tour: error 401');
  await expect(slow.problem).toBeVisible();
  await lookAt(piwork, '8-failed-run', { testInfo });
});

test('settings', async ({ app, piwork }, testInfo) => {
  const settings = await app.settings('General');
  await lookAt(piwork, '9-settings', { testInfo });
  await settings.show('Models and keys');
  await settings.dialog.getByRole('button', { name: /^Anthropic/ }).click();
  await lookAt(piwork, '10-keys', { testInfo });
  await settings.close();
});
