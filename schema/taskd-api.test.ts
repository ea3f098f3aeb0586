import { modelRef, taskId } from './ids';
import { taskError } from './taskd-api';

const isValid = (schema: { safeParse(value: unknown): { success: boolean } }) => (value: unknown) =>
  schema.safeParse(value).success;

test.each([
  [true, ['abc', 'task-0a1b', '0-0', 'a'.repeat(64)]],
  [false, ['ab', 'Task-1', '-abc', 'a/b', '../a', 'a.b', 'task_1', 'a'.repeat(65), 'täsk', 'abc\n']],
])('a task id is safe as a folder name: %j', (expected, ids) => {
  expect(ids.map(isValid(taskId))).toEqual(ids.map(() => expected));
});

test.each([
  [true, ['tour/tour', 'openrouter/meta/llama-3:free', 'my.own_provider-1/m']],
  [false, ['tour', '/tour', 'tour/', 'a b/c']],
])('a model is provider/id: %j', (expected, refs) => {
  expect(refs.map(isValid(modelRef))).toEqual(refs.map(() => expected));
});

test('a task error says whether to try again', () => {
  expect(taskError('PI_PROCESS_DEAD', 'pi ended.')).toEqual({
    code: 'PI_PROCESS_DEAD',
    message: 'pi ended.',
    retryable: true,
  });
});
