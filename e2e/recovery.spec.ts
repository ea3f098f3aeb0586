/** Things that end when they should not: the machine, and the agent in it. */
import { expect, test } from './fixtures';
import { makeFolder } from './support/place';
import { killNow, qemusOf } from './support/processes';

test.use({ world: { name: 'recovery' } });
test.describe.configure({ mode: 'serial' });

test('the machine is killed during a run: it comes back, and the task continues', async ({ app, piwork }) => {
  const folder = await makeFolder(piwork.place, 'sturdy', { 'word.txt': 'marigold' });
  const task = await app.createTask('Sturdy', folder);
  await task.run('tour: run cat word.txt');
  await expect(task.conversation).toContainText('marigold');
  await task.prompt('tour: slow');
  await expect(task.card(/^Running for i in/)).toContainText('second 1 of the first wait', { timeout: 120_000 });

  const [machine] = qemusOf(piwork.place.folder);
  expect(machine).toBeDefined();
  killNow(machine?.pid ?? -1);

  await expect(task.conversation).toContainText('The workspace stopped unexpectedly.');
  await expect(task.stop).toBeHidden();
  await expect(app.task('Sturdy')).toContainText('Failed');
  await expect(app.workspaceStatus).toContainText('Workspace ready', { timeout: 120_000 });
  await expect(app.workspaceBanner).toBeHidden();

  await task.run('tour: run cat word.txt | tr a-z A-Z');
  // Messages after the restart are at the end, not among earlier ones.
  await expect(task.conversation).toHaveText(/marigold.*stopped unexpectedly.*The command said:.*MARIGOLD/s);
  await expect(app.task('Sturdy')).toContainText('Idle');
  const machines = qemusOf(piwork.place.folder);
  expect(machines).toHaveLength(1);
  expect(machines[0]?.pid).not.toBe(machine?.pid);
});

test('the agent kills itself: its task says so and can be opened again', async ({ app }) => {
  const task = await app.shownTask('Sturdy');
  await task.prompt('tour: run kill -9 $PPID');
  await expect(task.problem).toBeVisible({ timeout: 120_000 });
  await expect(app.task('Sturdy')).toContainText('Failed');

  await task.run('tour: run rev word.txt');
  await expect(task.conversation).toContainText('dlogiram');
  await expect(task.conversation).toContainText('The agent was restarted.');
  await expect(task.problem).toBeHidden();
});

test('a failing provider is named, and the next message succeeds', async ({ app }) => {
  const task = await app.shownTask('Sturdy');
  await task.run('tour: error 401');
  await expect(task.problem).toContainText('(HTTP 401)');
  await task.run('tour: cut');
  await expect(task.problem).toBeVisible();
  await task.run('tour: run tac word.txt');
  await expect(task.card(/^Ran tac word\.txt/)).toContainText('Done');
  await expect(task.problem).toBeHidden();
});
