import { fakeTask } from '../../dev/data/tasks';
import { announcement } from './Announcer.logic';

const say = (summary: Parameters<typeof fakeTask>[1], end?: Parameters<typeof announcement>[1]): string =>
  announcement(fakeTask('t', summary).summary, end);
const end = { promptId: 'p', ending: 'answered' as const, isAborted: false, problem: null, at: 0 };

test('each state of a task is one sentence', () => {
  expect(announcement(undefined, undefined)).toBe('');
  expect(say({})).toBe('');
  expect(say({ activity: 'running' })).toBe('The agent is working.');
  expect(say({ dialogs: [{ id: 'd', method: 'input', title: 'Which year?' }] })).toBe('The agent asks: Which year?');
  expect(say({ activity: 'failed', problem: 'It ended.' })).toBe('The task failed. It ended.');
  expect([say({}, end), say({}, { ...end, isAborted: true })]).toEqual(['The agent is done.', 'The run was stopped.']);
  expect(say({}, { ...end, problem: 'No credit.' })).toBe('The run ended with an error. No credit.');
});
