import { fakeSnapshot } from '../dev/data/snapshot';
import { fakeTask } from '../dev/data/tasks';
import { applySnapshot, emptyHost, type AppEvent } from './host-state';
import { conversationRead, openTask } from './task-content';
import { applyEventsToUi } from './ui-events';
import { initialUi } from './ui-state';

const tasks = ['one', 'two'].map((taskId) => fakeTask(taskId, {}).summary);
const host = applySnapshot(emptyHost, { ...fakeSnapshot, seq: 0, tasks }, 0);
const settled = (taskId: string): AppEvent => ({
  event: 'task.settled',
  seq: 1,
  timestamp: 1,
  payload: { taskId, promptId: 'p', ending: 'answered', isAborted: false, problem: null },
});

test("a run that ends elsewhere is unread, a watched one isn't", () => {
  const ui = { ...initialUi, selectedTaskId: 'one' };
  expect(applyEventsToUi(ui, host, [settled('one'), settled('two')]).unread).toEqual({ two: true });
});

test('a sent prompt disappears when its item arrives', () => {
  const ui = { ...initialUi, sent: { one: { promptId: 'p', text: 'hi', at: 0 } } };
  expect(applyEventsToUi(ui, host, []).sent).toBe(ui.sent);
  const read = conversationRead(openTask(host, 'one'), 'one', {
    items: [{ id: 'u', at: 1, kind: 'user', text: 'hi', promptId: 'p' }],
    revision: 1,
  });
  expect(applyEventsToUi(ui, read, []).sent).toEqual({});
});

test('a removed task is no longer selected', () => {
  const ui = { ...initialUi, selectedTaskId: 'gone', unread: { gone: true as const } };
  expect(applyEventsToUi(ui, host, [])).toMatchObject({ selectedTaskId: null, unread: {} });
});
