import { fakeTask } from '../../dev/data/tasks';
import { taskStatus } from './TaskRow.logic';
import { isBusy, orderTasks } from '../../store/task-summaries';

const question = { id: 'd', method: 'confirm' as const, title: 'Sure?', message: '' };

test.each([
  ['idle', false, 'Idle'],
  ['stopped', false, 'Idle'],
  ['idle', true, 'Finished, unread'],
  ['starting', false, 'Starting'],
  ['running', true, 'Running'],
  ['needs_you', false, 'Needs you'],
  ['failed', false, 'Failed'],
] as const)('%s, unread: %s, is shown as %s', (activity, isUnread, label) => {
  expect(taskStatus({ activity, dialogs: [] }, { isUnread, isHeld: false }).label).toBe(label);
});

test.each([
  ['cut', 'Cut off'],
  ['empty', 'No answer'],
  ['refused', 'Refused'],
  ['filtered', 'Filtered'],
  ['incomplete', 'Incomplete'],
  ['unknown', 'Ended early'],
  ['failed', 'Failed'],
] as const)('a run that ended as %s has a status of its own: %s', (ending, label) => {
  expect(taskStatus({ activity: 'failed', dialogs: [], ending }, { isUnread: false, isHeld: false }).label).toBe(label);
});

test('an open question needs the person, whatever else happens', () => {
  const asks = { dot: 'asks', label: 'Needs you' };
  expect(taskStatus({ activity: 'running', dialogs: [question] }, { isUnread: false, isHeld: false })).toEqual(asks);
  expect(taskStatus({ activity: 'running', dialogs: [] }, { isUnread: false, isHeld: true })).toEqual(asks);
});

test('a run is in flight from its prompt to its end', () => {
  const busy = (summary: Parameters<typeof fakeTask>[1]): boolean => isBusy(fakeTask('t', summary).summary);
  expect([
    busy({}),
    busy({ promptInFlight: 'p' }),
    busy({ activity: 'running' }),
    busy({ activity: 'failed' }),
  ]).toEqual([false, true, true, false]);
});

test('the most recently used task comes first', () => {
  const tasks = Object.fromEntries(
    [
      fakeTask('a', { updatedAt: 1 }),
      fakeTask('b', { updatedAt: 3 }),
      fakeTask('c', { updatedAt: 1, createdAt: 1 }),
    ].map(({ summary }) => [summary.taskId, summary]),
  );
  expect(orderTasks(tasks)).toEqual(['b', 'c', 'a']);
});
