import '../../test/dom';
import { act, screen, within } from '@testing-library/react';
import { fakeSnapshot } from '../../dev/data/snapshot';
import { fakeTask } from '../../dev/data/tasks';
import { summaryConversation } from '../../dev/data/conversations';
import { readyVm } from '../../dev/data/vm';
import { conversation, renderApp, taskRow, tasks } from '../../test/render-app';

const ready = { ...fakeSnapshot, vm: readyVm };

test('a task is created, given a prompt, watched, and leaves a file', async () => {
  const page = await renderApp({ snapshot: ready });
  await page.user.click(screen.getByRole('button', { name: 'New task' }));
  const dialog = within(screen.getByRole('dialog', { name: 'New task' }));
  await page.user.type(dialog.getByRole('textbox', { name: 'Title' }), 'Summary');
  await page.user.type(dialog.getByRole('textbox', { name: 'Folder' }), '~/Reports');
  await page.settle();
  expect(dialog.getByText('The task will see ~/Reports and nothing else.')).toBeVisible();
  await page.user.click(dialog.getByRole('button', { name: 'Create task' }));
  await page.settle();
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(taskRow('Summary')).toMatch(/Idle.*Reports/);

  await page.user.click(screen.getByRole('button', { name: /Summarise this folder/ }));
  const message = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' });
  expect(message.value).toBe('Summarise this folder');
  await page.user.type(message, '{Enter}');
  await page.run(2500);
  expect(message.value).toBe('');
  expect(taskRow('Summary')).toMatch(/Running/);
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Stop' }).disabled).toBe(false);
  await page.run(10_000);
  expect(
    conversation()
      .getAllByRole('article')
      .map((card) => card.getAttribute('aria-label')),
  ).toEqual(['Ran find . -type f | sort', 'Created summary.md']);
  expect(conversation().getByText('214 files')).toBeVisible();
  const outputs = within(screen.getByRole('region', { name: 'Outputs' }));
  expect(outputs.getByRole('button').textContent).toMatch(/^summary\.md1\.2 kB/);
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Send' }).disabled).toBe(true);
  expect(screen.getByRole('status', { name: 'Task status' }).textContent).toBe('The agent is done.');
});

test('a refused folder says why, and the typed text stays', async () => {
  const page = await renderApp({ snapshot: ready });
  await page.user.click(screen.getByRole('button', { name: 'New task' }));
  await page.user.type(screen.getByRole('textbox', { name: 'Title' }), 'Mine');
  await page.user.type(screen.getByRole('textbox', { name: 'Folder' }), '~/Shared');
  await page.user.click(screen.getByRole('button', { name: 'Create task' }));
  await page.settle();
  expect(screen.getByText(/is a link to \/mnt\/shared/)).toBeVisible();
  await page.user.keyboard('{Escape}');
  await page.user.click(screen.getByRole('button', { name: 'New task' }));
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Title' }).value).toBe('Mine');
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Folder' }).value).toBe('~/Shared');
});

test('a task without a folder is given one, permanently', async () => {
  const task = fakeTask('one', { workingFolder: null });
  const page = await renderApp({ snapshot: ready, tasks: [task], ui: { selectedTaskId: 'one' } });
  await page.user.click(screen.getByRole('button', { name: 'Add folder…' }));
  const dialog = within(screen.getByRole('dialog', { name: 'Add folder' }));
  await page.settle();
  await page.user.click(
    within(dialog.getByRole('region', { name: 'Folders' })).getByRole('button', { name: 'Reports' }),
  );
  await page.user.click(dialog.getByRole('button', { name: 'Add folder' }));
  await page.settle();
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(page.host.task('one').summary.workingFolder).toBe('/home/sam/Reports');
});

test("a message that wasn't sent comes back into its field", async () => {
  const page = await renderApp({ snapshot: ready, tasks: [fakeTask('one', {})], ui: { selectedTaskId: 'one' } });
  page.host.failing.set('task.prompt', 'The workspace did not start.');
  const message = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' });
  await page.user.type(message, 'Do it{Enter}');
  await page.settle();
  expect(message.value).toBe('Do it');
  expect(screen.getByText("Couldn't send your message")).toBeVisible();
  expect(screen.getByText('The workspace did not start.')).toBeVisible();
});

test('Shift+Enter starts a new line, Escape stops the run', async () => {
  const page = await renderApp({ snapshot: ready, tasks: [fakeTask('one', {})], ui: { selectedTaskId: 'one' } });
  const message = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' });
  await page.user.type(message, 'one{Shift>}{Enter}{/Shift}two');
  expect(message.value).toBe('one\ntwo');
  await page.user.keyboard('{Enter}');
  await page.run(1000);
  await page.user.keyboard('{Escape}');
  await page.settle();
  expect(page.host.calls).toContain('task.stop');
  expect(screen.getByRole('status', { name: 'Task status' }).textContent).toBe('The run was stopped.');
});

test('a question is answered with the keyboard', async () => {
  const asking = fakeTask('one', {
    activity: 'needs_you',
    dialogs: [{ id: 'q', method: 'select', title: 'Which way?', options: ['Left', 'Right'], timeoutMs: 60_000 }],
  });
  const page = await renderApp({ snapshot: ready, tasks: [asking], ui: { selectedTaskId: 'one' } });
  const card = within(screen.getByRole('region', { name: 'Which way?' }));
  expect(tasks().getByText(/Needs you\./)).toBeVisible();
  card.getByRole('button', { name: 'Left' }).focus();
  await page.user.keyboard('{ArrowDown}');
  expect(document.activeElement).toBe(card.getByRole('button', { name: 'Right' }));
  await page.user.keyboard('2');
  await page.settle();
  expect(conversation().getByText(/Answered: \{"value":"Right"\}/)).toBeVisible();
});

test('a failed workspace shows the reason, and one button starts it again', async () => {
  const failure = { reason: 'crashed' as const, message: 'The machine ended.', logTail: ['last line'] };
  const page = await renderApp({ snapshot: { ...fakeSnapshot, vm: { kind: 'failed', failure } } });
  const alert = within(screen.getByRole('alert'));
  expect(alert.getByText('The machine ended.')).toBeVisible();
  await page.user.click(alert.getByRole('button', { name: 'Recent log' }));
  expect(alert.getByText('last line')).toBeVisible();
  await page.user.click(alert.getByRole('button', { name: 'Restart' }));
  await page.settle();
  expect(screen.queryByRole('alert')).toBeNull();
  expect(screen.getByRole('status', { name: 'Workspace status' }).textContent).toMatch(
    /^Starting the virtual machine…/,
  );
  await page.run(1000);
  expect(screen.getByRole('status', { name: 'Workspace status' }).textContent).toBe('Workspace ready emulated');
});

test('nothing in an answer is loaded from elsewhere', async () => {
  const task = fakeTask('one', {}, { items: summaryConversation(0).slice(-1) });
  await renderApp({ snapshot: ready, tasks: [task], ui: { selectedTaskId: 'one' } });
  expect(conversation().getByRole('img').textContent).toMatch(/^Picture “A chart from elsewhere”, not loaded/);
  expect(document.querySelectorAll('img, iframe, video, object')).toHaveLength(0);
  const link = conversation().getByRole('link', { name: 'https://commonmark.org/help/' });
  expect([link.getAttribute('target'), link.getAttribute('rel')]).toEqual(['_blank', 'noreferrer']);
});

test('a key is saved, tested and never kept in the page', async () => {
  const page = await renderApp({ snapshot: ready });
  await page.user.click(screen.getByRole('button', { name: 'Settings' }));
  await page.user.click(screen.getByRole('tab', { name: 'Models and keys' }));
  await page.user.click(screen.getByRole('button', { name: /^OpenAI No key/ }));
  const field = screen.getByLabelText<HTMLInputElement>('OpenAI key');
  expect(field.type).toBe('password');
  await page.user.type(field, 'sk-secret');
  await page.user.click(screen.getByRole('button', { name: 'Save key' }));
  await page.settle();
  expect(field.value).toBe('');
  expect(screen.getByRole('button', { name: /^OpenAI/ }).textContent).toBe('OpenAIKey saved');
  await page.user.click(screen.getByRole('button', { name: 'Test' }));
  await page.settle();
  expect(screen.getByRole('status', { name: 'Test result' }).textContent).toBe('It works. The answer took 0.4 s.');
  expect(JSON.stringify(page.app.store.getState())).not.toContain('sk-secret');
});

test('the palette switches tasks', async () => {
  const both = [fakeTask('one', { title: 'First' }), fakeTask('two', { title: 'Second', updatedAt: 1 })];
  const page = await renderApp({ snapshot: ready, tasks: both, ui: { selectedTaskId: 'two' } });
  await page.user.keyboard('{Control>}k{/Control}');
  await page.user.keyboard('Firs{Enter}');
  await page.settle();
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('First');
});

test('files that were moved aside are reported once', async () => {
  const setAside = [{ path: '/home/sam/state/task.json.bad', reason: 'It is not JSON.' }];
  const page = await renderApp({ snapshot: { ...ready, setAside } });
  expect(screen.getByText('~/state/task.json.bad')).toBeVisible();
  await page.user.click(screen.getByRole('button', { name: 'Dismiss notice' }));
  expect(screen.queryByText('~/state/task.json.bad')).toBeNull();
});

test('a browser without a session shows what to run', async () => {
  const page = await renderApp({ findCause: () => Promise.resolve('refused') });
  page.host.isAway = true;
  act(() => page.host.dropConnections());
  await page.settle();
  await page.run(2000);
  expect(screen.getByRole('heading').textContent).toBe('This link no longer works');
  expect(screen.getByText('npm start')).toBeVisible();
});
