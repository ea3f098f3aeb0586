import { prove } from './proof';
import { taskOfToken, taskToken } from './task-token';

const key = Buffer.alloc(32, 1);

test('a token names its task', () => {
  const proof = prove(key, 'piwork-gateway-v1\ntask-1');
  expect(taskToken(key, 'task-1')).toBe(`task-1.${proof}`);
  expect(taskOfToken(key, taskToken(key, 'task-1'))).toBe('task-1');
  expect(taskToken(key, 'task-2')).not.toContain(proof);
});

test.each([
  ['another key', taskToken(Buffer.alloc(32, 2), 'task-1')],
  ['another task', taskToken(key, 'task-2').replace('task-2', 'task-1')],
  ['a task id that is a path', taskToken(key, '../..')],
  ['a cut proof', taskToken(key, 'task-1').slice(0, -1)],
  ['a longer proof', `${taskToken(key, 'task-1')}0`],
  ['a third part', `${taskToken(key, 'task-1')}.x`],
  ['upper case', taskToken(key, 'task-1').toUpperCase()],
  ['nothing', ''],
  ['a dot', '.'],
])('refuses %s', (_name, token) => {
  expect(taskOfToken(key, token)).toBeNull();
});
