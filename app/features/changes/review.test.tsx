import '../../test/dom';
import { screen, within } from '@testing-library/react';
import { fakeSnapshot } from '../../dev/data/snapshot';
import { fakeTask } from '../../dev/data/tasks';
import { setFakeReview } from '../../dev/host/review-handlers';
import type { FakeReview } from '../../dev/data/reviews';
import { fakeChange } from '../../dev/data/turns';
import { readyVm } from '../../dev/data/vm';
import { reviewedTask, reviewedTurns, waitingReview } from '../../dev/data/reviewed-task';
import { dialogTitle, renderApp, type RenderedPage, taskRow, tasks } from '../../test/render-app';

const words = '3 created, 12 changed, 41 renamed, 3 deleted';
const other = fakeTask('other', { title: 'Another task' });

/** Fewer rows, for tests that don't depend on their number. */
const few: FakeReview = { ...waitingReview, changes: waitingReview.changes.slice(0, 12) };

const started = (
  activity: 'idle' | 'running' = 'idle',
  selectedTaskId = 'review',
  review = few,
): Promise<RenderedPage> =>
  renderApp({
    snapshot: { ...fakeSnapshot, vm: readyVm },
    tasks: [reviewedTask(Date.now(), activity), other],
    turns: { review: reviewedTurns(Date.now()) },
    reviews: { review },
    ui: { selectedTaskId },
  });

const waiting = () => within(screen.getByRole('region', { name: 'Waiting for your OK' }));
const card = () => within(screen.getByRole('region', { name: /^The agent wants to/ }));
const dialog = () => within(screen.getByRole('dialog'));

test('pending changes are listed above the turns, on a card, in the header and in the task list', async () => {
  await started('idle', 'review', waitingReview);
  expect(waiting().getByRole('heading').textContent).toBe(`Waiting for your OK: ${words}`);
  expect(waiting().getAllByRole('listitem')).toHaveLength(50);
  expect(card().getByRole('heading').textContent).toBe(
    'The agent wants to create 3, change 12, rename 41 and delete 3 files',
  );
  expect(screen.getByRole('button', { name: 'changes waiting for your OK' }).textContent).toBe(
    'changes waiting for your OK',
  );
  expect(taskRow('Sort the invoices')).toMatch(/Needs you/);
  expect(screen.getByRole('status', { name: 'Task status' }).textContent).toMatch(/^Changes are waiting for your OK\./);
});

test('all are applied; what the person changed since stays pending, and applying can be undone', async () => {
  const page = await started('idle', 'review', waitingReview);
  await page.user.click(card().getByRole('button', { name: 'Apply all' }));
  await page.settle();
  expect(dialogTitle()).toBe('Applying…');
  expect(dialog().getByRole('progressbar').getAttribute('aria-valuetext')).toBe('20 of 58');
  await page.run(600);
  expect(dialogTitle()).toBe('Changes applied');
  expect(dialog().getByRole('status').textContent).toBe('58 changes applied. 1 change still pending:');
  expect(within(dialog().getByRole('list', { name: 'Still pending' })).getByText('2025/total-4.csv')).toBeVisible();
  expect(dialog().getByText('Changed since then by you or another program.')).toBeVisible();
  await page.user.click(dialog().getByRole('button', { name: 'Undo' }));
  await page.settle();
  expect(dialogTitle()).toBe('Undo 58 changes?');
  // It has no message that would be undone with it.
  expect(dialog().queryByText(/conversation/)).toBeNull();
  await page.user.click(dialog().getByRole('button', { name: 'Cancel' }));
  expect(waiting().getByRole('heading').textContent).toBe('Waiting for your OK: 1 changed');
  const changes = within(screen.getByRole('region', { name: 'Changes' }));
  expect(changes.getByRole('listitem', { name: 'Applied changes' }).textContent).toMatch(
    /3 created, 11 changed, 41 renamed, 3 deleted/,
  );
});

test('some are applied, some discarded after a question', async () => {
  const page = await started();
  await page.user.click(waiting().getByRole('checkbox', { name: 'Select notes.md' }));
  await page.user.click(waiting().getByRole('button', { name: 'Apply selected (1)' }));
  await page.run(200);
  expect(dialog().getByRole('status').textContent).toBe('1 change applied.');
  await page.user.keyboard('{Enter}');
  await page.run(400);
  expect(waiting().queryByRole('checkbox', { name: 'Select notes.md' })).toBeNull();

  await page.user.click(waiting().getByRole('checkbox', { name: 'Select 2025/total-1.csv' }));
  await page.user.click(waiting().getByRole('checkbox', { name: 'Select 2025/total-2.csv' }));
  await page.user.click(waiting().getByRole('button', { name: 'Discard selected (2)' }));
  expect(dialogTitle()).toBe('Discard 2 changes?');
  await page.user.click(dialog().getByRole('button', { name: 'Cancel' }));
  expect(page.host.calls).not.toContain('review.discard');
  await page.user.click(waiting().getByRole('button', { name: 'Discard selected (2)' }));
  await page.user.click(dialog().getByRole('button', { name: 'Discard' }));
  await page.settle();
  expect(dialog().getByRole('status').textContent).toBe('2 changes discarded. The folder is unchanged.');
  expect(page.host.reviews.get('review')?.changes).toHaveLength(9);
});

test('discarding all leaves nothing pending', async () => {
  const page = await started();
  await page.user.click(card().getByRole('button', { name: 'Discard all' }));
  expect(dialogTitle()).toBe('Discard 12 changes?');
  await page.user.click(dialog().getByRole('button', { name: 'Discard' }));
  await page.settle();
  await page.user.keyboard('{Enter}');
  await page.run(400);
  expect(screen.queryByRole('region', { name: 'Waiting for your OK' })).toBeNull();
  expect(screen.queryByRole('region', { name: /^The agent wants to/ })).toBeNull();
  expect(screen.getByText('review on')).toBeVisible();
  expect(tasks().queryByRole('button', { name: /Needs you/ })).toBeNull();
});

test('a file is compared with its pending version, and applied separately', async () => {
  const page = await started();
  await page.user.click(waiting().getByRole('button', { name: /^notes\.md/ }));
  await page.settle();
  expect(dialogTitle()).toBe('notes.md');
  expect(dialog().getByText('+ 2 lines added')).toBeVisible();
  expect(page.host.calls).toContain('review.compare');
  await page.user.click(dialog().getByRole('button', { name: 'Apply this file' }));
  await page.run(200);
  expect(dialogTitle()).toBe('Changes applied');
});

test("while the agent works, changes are listed live, can't be applied, and don't need the person", async () => {
  const page = await started('running');
  expect(screen.queryByRole('region', { name: /^The agent wants to/ })).toBeNull();
  expect(tasks().queryByRole('button', { name: /Needs you/ })).toBeNull();
  const apply = waiting().getByRole('button', { name: 'Apply all' });
  expect(apply.getAttribute('aria-disabled')).toBe('true');
  await page.user.click(apply);
  await page.settle();
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(screen.getByText("Couldn't apply")).toBeVisible();

  const listed = (): number => page.host.calls.filter((name) => name === 'review.changes').length;
  await page.run(1000);
  const calls = listed();
  for (let index = 0; index < 50; index += 1) {
    const changes = [fakeChange(`more-${index}.txt`, {}), ...few.changes];
    setFakeReview(page.host, 'review', { ...few, changes });
    await page.run(100);
  }
  await page.run(500);
  expect(waiting().getByRole('button', { name: /more-49\.txt/ }).textContent).toMatch(/Changed · 1\.2 kB → 1\.3 kB$/);
  expect(listed() - calls).toBeLessThanOrEqual(17);
});

test("a task that isn't shown is read once it is idle, and then needs the person", async () => {
  const page = await started('running', 'other');
  expect(page.host.calls).not.toContain('review.changes');
  page.host.changeTask('review', { activity: 'idle', promptInFlight: null });
  await page.settle();
  expect(taskRow('Sort the invoices')).toMatch(/Needs you/);
  expect(screen.getByRole('status', { name: 'Other tasks' }).textContent).toBe('The task Sort the invoices needs you.');
});

test('review is turned off only when nothing is pending, and the host says why', async () => {
  const page = await started();
  const toggle = async (): Promise<void> => {
    await page.user.click(screen.getByRole('button', { name: 'More' }));
    await page.user.click(screen.getByRole('menuitemcheckbox', { name: 'Review changes before applying' }));
    await page.settle();
  };
  await toggle();
  expect(screen.getByText('Changes are waiting for your OK. Apply or discard them first.')).toBeVisible();
  setFakeReview(page.host, 'review', { changes: [] });
  await page.run(500);
  await toggle();
  expect(page.host.task('review').summary.reviewsChanges).toBe(false);
  expect(screen.queryByText('review on')).toBeNull();
});

test('a new task reviews changes if its switch is on, and only with a folder', async () => {
  const page = await started();
  await page.user.click(screen.getByRole('button', { name: 'New task' }));
  expect(screen.queryByRole('switch')).toBeNull();
  await page.user.type(screen.getByRole('textbox', { name: 'Folder' }), '~/Reports');
  await page.user.click(screen.getByRole('switch', { name: 'Review changes before applying', checked: false }));
  await page.user.click(screen.getByRole('button', { name: 'Create task' }));
  await page.settle();
  expect([...page.host.tasks.values()].at(-1)?.summary).toMatchObject({ title: 'Reports', reviewsChanges: true });
});

test('a failed read is reported, and repeated after a change', async () => {
  const page = await started('idle', 'other');
  page.host.failing.set('review.changes', 'The folder is not there.');
  setFakeReview(page.host, 'review', few);
  await page.run(1000);
  await page.user.click(tasks().getByRole('button', { name: /Sort the invoices/ }));
  await page.settle();
  expect(screen.getByText("Couldn't load the pending changes. The folder is not there.")).toBeVisible();
  page.host.failing.clear();
  setFakeReview(page.host, 'review', few);
  await page.run(500);
  expect(waiting().getByRole('heading').textContent).toBe('Waiting for your OK: 12 changed');
});
