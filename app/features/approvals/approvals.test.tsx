import '../../test/dom';
import { act, screen, within } from '@testing-library/react';
import { closeFakeApproval, openFakeApproval } from '../../dev/host/approval-handlers';
import { fakeApproval } from '../../dev/data/approvals';
import { fakeSnapshot } from '../../dev/data/snapshot';
import { fakeTask } from '../../dev/data/tasks';
import { readyVm } from '../../dev/data/vm';
import { renderApp, taskRow, tasks, type RenderedPage } from '../../test/render-app';

const running = fakeTask('one', { title: 'First', activity: 'running', promptInFlight: 'p' });
const other = fakeTask('two', { title: 'Second' });

const started = (approvals = [fakeApproval('one', Date.now())]): Promise<RenderedPage> =>
  renderApp({
    snapshot: { ...fakeSnapshot, vm: readyVm, approvals },
    tasks: [running, other],
    ui: { selectedTaskId: 'one' },
  });

const card = () => within(screen.getByRole('region', { name: /wants to delete/ }));

test('a question at the act appears above the message and its count is updated', async () => {
  const page = await started();
  const question = screen.getByRole('region', { name: /wants to delete/ });
  expect(within(question).getByRole('heading').textContent).toBe(
    'rm -rf Reports wants to delete Reports/a.txt (12.0 kB) and 41 more',
  );
  expect(taskRow('First')).toMatch(/Needs you/);
  expect(screen.getByRole('status', { name: 'Task status' }).textContent).toMatch(/Paused until you answer: rm -rf/);
  openFakeApproval(page.host, fakeApproval('one', Date.now(), { count: 118 }));
  await page.settle();
  expect(card().getByRole('heading').textContent).toMatch(/ and 117 more$/);
  expect(card().getByText(/Auto-denies in/)).toBeVisible();
});

test('a button answers it, and the focus moves to the message', async () => {
  const page = await started();
  card().getByRole('button', { name: 'Allow once' }).focus();
  await page.user.keyboard('{Enter}');
  await page.settle();
  expect(screen.queryByRole('region', { name: /wants to delete/ })).toBeNull();
  expect(page.host.approvalLog).toMatchObject([{ outcome: 'allowed', scope: 'once', count: 42 }]);
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Message' }));
});

test('Escape neither answers nor stops anything; a digit answers', async () => {
  const page = await started();
  await page.user.keyboard('{Alt>}q{/Alt}');
  expect(document.activeElement).toBe(card().getByRole('button', { name: 'Deny' }));
  await page.user.keyboard('{Escape}');
  await page.settle();
  expect(page.host.calls).not.toContain('task.stop');
  expect(page.host.snapshot.approvals).toHaveLength(1);
  await page.user.keyboard('{Alt>}q{/Alt}1');
  await page.settle();
  expect(page.host.approvalLog).toMatchObject([{ outcome: 'denied', scope: null }]);
});

test('Allow for longer makes a grant, which the settings list and remove', async () => {
  const page = await started();
  await page.user.click(card().getByRole('button', { name: 'More ways to allow' }));
  await page.user.click(screen.getByRole('menuitem', { name: 'Always allow in this folder' }));
  await page.settle();
  expect(screen.queryByRole('region', { name: /wants to delete/ })).toBeNull();
  await page.user.click(screen.getByRole('button', { name: 'Settings' }));
  await page.user.click(screen.getByRole('tab', { name: 'Files and approvals' }));
  const grant = screen.getByRole('listitem', { name: 'Always allow deleting in ~/Reports' });
  await page.user.click(within(grant).getByRole('button', { name: 'Remove' }));
  await page.settle();
  expect(screen.getByText(/^Nothing yet\. Permissions/)).toBeVisible();
});

test('digits answer from the menu too', async () => {
  const page = await started();
  await page.user.click(card().getByRole('button', { name: 'More ways to allow' }));
  await page.user.keyboard('{Escape}');
  expect(screen.queryByRole('menu')).toBeNull();
  expect(page.host.calls).not.toContain('task.stop');
  await page.user.click(card().getByRole('button', { name: 'More ways to allow' }));
  await page.user.keyboard('4');
  await page.settle();
  expect(page.host.snapshot.grants).toMatchObject([{ kind: 'delete', scope: 'task', taskId: 'one' }]);
});

test('an answer that arrives too late closes the card and says so', async () => {
  const page = await started();
  const deny = card().getByRole('button', { name: 'Deny' });
  page.host.snapshot = { ...page.host.snapshot, approvals: [] };
  await page.user.click(deny);
  await page.settle();
  expect(screen.queryByRole('region', { name: /wants to delete/ })).toBeNull();
  expect(screen.getByText('This question is already closed')).toBeVisible();
});

test('an answer that fails can be given again', async () => {
  const page = await started();
  page.host.failing.set('approval.answer', 'The host is busy.');
  await page.user.click(card().getByRole('button', { name: 'Deny' }));
  await page.settle();
  expect(screen.getByText('The host is busy.')).toBeVisible();
  expect(card().getByRole<HTMLButtonElement>('button', { name: 'Deny' }).disabled).toBe(false);
});

test("another task that waits is marked in the list, and its card isn't shown here", async () => {
  const page = await started([]);
  openFakeApproval(page.host, fakeApproval('two', Date.now()));
  await page.settle();
  expect(screen.queryByRole('region', { name: /wants to delete/ })).toBeNull();
  expect(taskRow('Second')).toMatch(/Needs you/);
  expect(screen.getByRole('status', { name: 'Other tasks' }).textContent).toBe('The task Second needs you.');
  act(() => closeFakeApproval(page.host, 'approval-two', 'expired'));
  await page.settle();
  expect(tasks().queryByRole('button', { name: /Second.*Needs you/ })).toBeNull();
});

test("settings for files and questions are saved, and a number out of range isn't", async () => {
  const page = await started([]);
  await page.user.click(screen.getByRole('button', { name: 'Settings' }));
  await page.user.click(screen.getByRole('tab', { name: 'Files and approvals' }));
  await page.user.click(screen.getByRole('switch', { name: 'Ask before changing file contents' }));
  const time = screen.getByRole('textbox', { name: 'Time to answer' });
  await page.user.clear(time);
  await page.user.type(time, '30{Enter}');
  const disk = screen.getByRole('textbox', { name: 'Disk space per task' });
  await page.user.clear(disk);
  await page.user.type(disk, '5{Enter}');
  const size = screen.getByRole('textbox', { name: 'Keep copies of files up to' });
  await page.user.clear(size);
  await page.user.type(size, '0{Enter}');
  await page.settle();
  expect(screen.getByText('Enter a whole number from 1 to 1,048,576.')).toBeVisible();
  expect(page.host.snapshot.settings).toMatchObject({
    asksBeforeChange: true,
    approvalTimeoutSeconds: 30,
    keepUpToMb: 256,
    growUpToGb: 5,
  });
});

test('a command is asked about before it runs, in one sentence', async () => {
  await started([fakeApproval('one', Date.now(), { sentence: 'Delete 3 files in Reports?', count: 3 })]);
  const asked = within(screen.getByRole('region', { name: 'Delete 3 files in Reports?' }));
  expect(asked.getByText('Waiting for your OK')).toBeVisible();
  expect(asked.getByText('rm -rf Reports')).toBeVisible();
  expect(screen.getByRole('status', { name: 'Task status' }).textContent).toMatch(
    /The agent asks: Delete 3 files in Reports\?/,
  );
});
