import { RpcError } from '../../schema/errors';
import { fakeTask } from '../dev/data/tasks';
import { longConversation } from '../dev/data/conversations';
import { selectTask } from '../store/app-store';
import { settle } from '../test/manual-scheduler';
import { startTestPage } from '../test/start-session';

const task = fakeTask('one', { title: 'One' });
const append = (delta: string) => ({ type: 'append' as const, id: 'a', field: 'text' as const, delta });
const streamed = fakeTask(
  'one',
  {},
  { items: [{ id: 'a', at: 1, kind: 'assistant', text: '', thinking: '', isStreaming: true }], revision: 1 },
);

test('connects, reads the snapshot and applies what follows', async () => {
  const page = await startTestPage({ tasks: [task] });
  expect(page.app.store.getState().ui.connection).toEqual({ kind: 'open' });
  page.host.changeTask('one', { title: 'Another' });
  await page.settle();
  expect(page.app.store.getState().host.tasks.one?.title).toBe('Another');
});

test('a hundred deltas change the store once', async () => {
  const page = await startTestPage({ tasks: [streamed], ui: { selectedTaskId: 'one' } });
  let changes = 0;
  page.app.store.subscribe(() => void (changes += 1));
  for (let index = 0; index < 100; index += 1) page.host.changeConversation('one', append('x'));
  await settle();
  expect(changes).toBe(0);
  page.scheduler.paint();
  expect(changes).toBe(1);
  expect(page.app.store.getState().host.conversations.one?.items[0]).toMatchObject({ text: 'x'.repeat(100) });
});

test('a gap in the events fetches the snapshot and the conversation again', async () => {
  const page = await startTestPage({ tasks: [streamed], ui: { selectedTaskId: 'one' } });
  page.host.calls.length = 0;
  page.host.loseOneEvent();
  page.host.changeConversation('one', append('lost or not'));
  await page.settle();
  expect(page.host.calls).toEqual(['app.snapshot', 'task.conversation', 'artifact.list']);
  expect(page.app.store.getState().host.conversations.one?.items[0]).toMatchObject({ text: 'lost or not' });
});

test('events that arrive while the snapshot is read are applied after it, once', async () => {
  const page = await startTestPage({ tasks: [task] });
  page.host.loseOneEvent();
  page.host.changeTask('one', { title: 'Gap' });
  page.host.changeTask('one', { title: 'Newest' });
  await page.settle();
  expect(page.app.store.getState().host.tasks.one?.title).toBe('Newest');
  expect(page.host.calls.filter((name) => name === 'app.snapshot')).toHaveLength(2);
});

test('reconnects with growing waits, keeps what is shown, and reads everything again', async () => {
  const page = await startTestPage({ tasks: [task], ui: { selectedTaskId: 'one' } });
  page.host.isAway = true;
  page.host.dropConnections();
  await page.settle();
  const { store } = page.app;
  expect(store.getState().ui.connection).toMatchObject({ kind: 'lost', attempt: 1 });
  expect(store.getState().host.tasks.one).toBeDefined();
  expect(page.scheduler.delays).toEqual([250]);
  await expect(page.app.client['task.stop']({ taskId: 'one' })).rejects.toThrow(RpcError);

  page.scheduler.advance(250);
  await page.settle();
  expect(page.scheduler.delays).toEqual([500]);

  page.host.isAway = false;
  page.host.tasks.set('two', fakeTask('two', {}));
  page.scheduler.advance(500);
  await page.settle();
  expect(store.getState().ui.connection).toEqual({ kind: 'open' });
  expect(Object.keys(store.getState().host.tasks)).toEqual(['one', 'two']);
  expect(page.host.calls.filter((name) => name === 'task.conversation')).toHaveLength(2);
});

test("a page that is refused immediately says so and doesn't try again", async () => {
  const page = await startTestPage({ findCause: () => Promise.resolve('refused') });
  page.host.isAway = true;
  page.host.dropConnections();
  await page.settle();
  expect(page.app.store.getState().ui.connection).toMatchObject({ kind: 'lost' });
  // It was connected before, so a host that restarts gets three chances.
  for (const delayMs of [250, 500, 1000]) {
    page.scheduler.advance(delayMs);
    await page.settle();
  }
  expect(page.app.store.getState().ui.connection).toEqual({ kind: 'no_session' });
  expect(page.scheduler.delays).toEqual([]);
});

test("a disposed session doesn't come back", async () => {
  const page = await startTestPage({ tasks: [task] });
  page.session.dispose();
  await page.settle();
  expect(page.scheduler.delays).toEqual([]);
});

test('the selected task is read, then the next selected one, each only once', async () => {
  const long = fakeTask('two', {}, { items: longConversation(0, 20) });
  const page = await startTestPage({ tasks: [task, long], ui: { selectedTaskId: 'one' } });
  expect(page.host.calls).toEqual(['app.snapshot', 'task.conversation', 'artifact.list', 'turn.list']);
  selectTask(page.app.store, 'two');
  await page.settle();
  selectTask(page.app.store, 'one');
  await page.settle();
  expect(page.host.calls.filter((name) => name === 'task.conversation')).toHaveLength(2);
  expect(page.app.store.getState().host.conversations.two?.items).toHaveLength(20);
});

test("a conversation that can't be read is reported, and read again on request", async () => {
  const page = await startTestPage({ tasks: [task] });
  page.host.failing.set('task.conversation', 'The session file cannot be read.');
  selectTask(page.app.store, 'one');
  await page.settle();
  expect(page.app.store.getState().ui.readProblems).toEqual({ one: 'The session file cannot be read.' });
});
