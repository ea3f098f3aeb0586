import { assignment, folderPrompt, taskSettings } from './assignment';

const options = {
  taskId: 'task-1',
  hasWorkingFolder: true,
  model: null,
  gatewayToken: 'token',
  timeZone: 'Europe/Rome',
};

test('with a working folder the task starts there', () => {
  expect(assignment(options)).toEqual({ cwd: '/mnt/workdir', env: { PIWORK_TOKEN: 'token', TZ: 'Europe/Rome' } });
});

test('without one it starts in its outputs, and the model hears of no other folder', () => {
  const without = { ...options, hasWorkingFolder: false };
  expect(assignment(without).cwd).toBe('/mnt/taskstate/task-1/outputs');
  expect(folderPrompt(without)).toBe(
    [
      'You work inside a virtual machine that sees only the folders named here.',
      'Outputs folder: /mnt/taskstate/task-1/outputs',
      'Uploads folder (read-only): /mnt/taskstate/task-1/uploads',
      'Write files that you make for the person to the outputs folder, unless they ask you to change files in place.',
    ].join('\n'),
  );
});

test.each([
  [null, { theme: 'dark', defaultModel: 'tour' }],
  ['openrouter/meta/llama', { theme: 'dark', defaultProvider: 'openrouter', defaultModel: 'meta/llama' }],
])("settings begin with the task's model: %s", (model, settings) => {
  expect(JSON.parse(taskSettings('{"theme":"dark","defaultModel":"tour"}', model))).toEqual(settings);
});

test.each(['', '[1]', '{'])('invalid host settings are an error: %j', (text) => {
  expect(() => taskSettings(text, null)).toThrow();
});
