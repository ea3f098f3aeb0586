import type { RunEnding } from '../../../schema/run-ending';
import { runCommand } from './run-command';
import { taskId, usage } from './test/played-host';
import { passOn, plainRequest, setRunStage, type RunStage } from './test/run-stage';

let stage: RunStage;
beforeEach(() => (stage = setRunStage()));
afterEach(() => stage.end());

describe('the end', () => {
  test('of a successful run is exit code 0, with the files it made', async () => {
    const { ended, promptId } = await stage.begin();
    stage.host.artifacts = [
      { area: 'outputs', path: 'report/summary.md', bytes: 1, modifiedAt: 0 },
      { area: 'uploads', path: 'given.csv', bytes: 1, modifiedAt: 0 },
    ];
    stage.settle(promptId);
    expect(await ended).toBe(0);
    expect(stage.terminal.printed).toEqual([
      { outputs: ['/state/taskstate/task-1/outputs/report/summary.md'], failure: null },
    ]);
  });

  test('of a run with a problem is exit code 1, with the problem', async () => {
    const { ended, promptId } = await stage.begin();
    stage.settle(promptId, { problem: 'The key was refused.' });
    expect(await ended).toBe(1);
    expect(stage.terminal.printed).toEqual([{ outputs: [], failure: 'The key was refused.' }]);
  });

  test('after Ctrl-C stops the run is exit code 130', async () => {
    const { ended, promptId } = await stage.begin();
    stage.terminal.interrupt();
    await passOn();
    expect(stage.host.calls.at(-1)).toEqual(['task.stop', { taskId }]);
    stage.settle(promptId, { isAborted: true });
    expect(await ended).toBe(130);
    expect(stage.terminal.printed).toMatchObject([{ failure: expect.any(String) as string }]);
  });

  test("of another prompt isn't the end of this one", async () => {
    const { ended, promptId } = await stage.begin();
    stage.settle('another', { problem: 'Not ours.' });
    await passOn();
    stage.settle(promptId);
    expect(await ended).toBe(0);
  });

  test('of a refused prompt is a failure with its reason', async () => {
    stage.host.refusal = 'There is no QEMU.';
    await expect(runCommand(stage.host.connection, plainRequest, stage.terminal)).rejects.toThrow('There is no QEMU.');
    expect(stage.terminal.printed).toEqual([]);
  });

  test('is a failure when the host is lost during the run', async () => {
    const { ended } = await stage.begin();
    stage.host.end();
    await expect(ended).rejects.toMatchObject({ code: 'DISCONNECTED' });
  });

  test('is a failure when the host is lost before the task exists', async () => {
    stage.host.end();
    await expect(runCommand(stage.host.connection, plainRequest, stage.terminal)).rejects.toMatchObject({
      code: 'DISCONNECTED',
    });
  });
});

test('the task gets the requested options, with a short title', async () => {
  const prompt = `${'Summarise '.repeat(10)}\nand more`;
  const { ended, promptId } = await stage.begin({
    prompt,
    folder: '/work/papers',
    model: 'tour',
    reviewsChanges: true,
  });
  stage.settle(promptId);
  await ended;
  const [create, sent] = stage.host.calls;
  const title = `${prompt.slice(0, 59)}…`;
  expect(create).toEqual(['task.create', { title, folder: '/work/papers', model: 'tour', reviewsChanges: true }]);
  expect(sent).toEqual(['task.prompt', { taskId, message: prompt, promptId, approvals: { allow: [], canAsk: true } }]);
});

test('text is printed as it arrives, a tool as one line, a warning separately', async () => {
  const { ended, promptId } = await stage.begin();
  const base = { at: 0, text: '' };
  stage.host.emit({
    event: 'task.conversation',
    payload: {
      ...{ taskId, revision: 4 },
      changes: [
        { type: 'add', item: { ...base, id: 'a', kind: 'assistant', thinking: '', isStreaming: true } },
        { type: 'append', id: 'a', field: 'text', delta: 'Two ' },
        { type: 'append', id: 'a', field: 'text', delta: 'files.' },
        {
          type: 'add',
          item: {
            id: 't',
            at: 0,
            kind: 'tool',
            toolName: 'bash',
            args: { command: 'ls' },
            status: 'pending',
            output: '',
          },
        },
      ],
    },
  });
  stage.host.emit({ event: 'turn.warning', payload: { taskId, message: 'a.iso is too large to be kept.' } });
  stage.host.emit({ event: 'turn.warning', payload: { taskId: 'task-2', message: 'Of another task.' } });
  stage.settle(promptId);
  await ended;
  expect(stage.terminal.printed.slice(0, -1)).toEqual([
    '\nTwo ',
    'files.',
    '\n› bash ls\n',
    'note: ! a.iso is too large to be kept.',
  ]);
});

test('with --json each line is an object, and the last one is the end', async () => {
  const { ended, promptId } = await stage.begin({ isJson: true });
  const change = { type: 'patch', id: 'a', patch: { isStreaming: false } } as const;
  stage.host.emit({ event: 'vm.changed', payload: { kind: 'stopped' } });
  stage.host.emit({ event: 'task.conversation', payload: { taskId, revision: 1, changes: [change, change] } });
  stage.host.emit({ event: 'turn.warning', payload: { taskId, message: 'a.iso is too large to be kept.' } });
  stage.host.artifacts = [{ area: 'outputs', path: 'summary.md', bytes: 1, modifiedAt: 0 }];
  stage.settle(promptId, { problem: 'The model ended early.' });
  expect(await ended).toBe(1);
  const outputs = ['/state/taskstate/task-1/outputs/summary.md'];
  expect(stage.terminal.printed).toEqual([
    { type: 'vm', status: 'stopped' },
    { type: 'conversation', change },
    { type: 'conversation', change },
    { type: 'settled', taskId, ending: 'failed', outputs, usage, error: 'The model ended early.' },
  ]);
});

test('with --json a successful end has no error', async () => {
  const { ended, promptId } = await stage.begin({ isJson: true });
  stage.settle(promptId);
  expect(await ended).toBe(0);
  expect(stage.terminal.printed).toEqual([{ type: 'settled', taskId, ending: 'answered', outputs: [], usage }]);
});

test.each<[RunEnding, number]>([
  ['answered', 0],
  ['failed', 1],
  ['cut', 3],
  ['empty', 4],
  ['refused', 5],
  ['filtered', 6],
  ['incomplete', 7],
  ['unknown', 8],
  ['stopped', 130],
])('a run that ends as %s answers with %i, and says so', async (ending, code) => {
  const { ended, promptId } = await stage.begin({ isJson: true });
  stage.settle(promptId, { ending, ...(ending === 'answered' ? {} : { problem: 'Why.' }) });
  expect(await ended).toBe(code);
  expect(stage.terminal.printed.at(-1)).toMatchObject({ type: 'settled', ending });
});

describe('with --json nothing comes after the end', () => {
  const vmStops = (): void => stage.host.emit({ event: 'vm.changed', payload: { kind: 'stopped' } });

  test('of a run that settled', async () => {
    const { ended, promptId } = await stage.begin({ isJson: true });
    stage.settle(promptId);
    await ended;
    vmStops();
    await passOn();
    expect(stage.terminal.printed.at(-1)).toMatchObject({ type: 'settled', ending: 'answered' });
  });

  test('of one that lost its host', async () => {
    const { ended } = await stage.begin({ isJson: true });
    stage.host.end();
    await expect(ended).rejects.toMatchObject({ code: 'DISCONNECTED' });
    const error = expect.any(String) as string;
    expect(stage.terminal.printed).toEqual([{ type: 'settled', taskId, ending: 'failed', outputs: [], error }]);
  });

  test('of a prompt that was refused', async () => {
    stage.host.refusal = 'There is no QEMU.';
    const request = { ...plainRequest, isJson: true };
    await expect(runCommand(stage.host.connection, request, stage.terminal)).rejects.toThrow('There is no QEMU.');
    expect(stage.terminal.printed).toMatchObject([{ type: 'settled', ending: 'failed', error: 'There is no QEMU.' }]);
  });

  test('that a second Ctrl-C makes', async () => {
    const { ended } = await stage.begin({ isJson: true });
    stage.terminal.interruptAgain();
    stage.host.end();
    await expect(ended).rejects.toMatchObject({ code: 'DISCONNECTED' });
    expect(stage.terminal.printed).toMatchObject([{ type: 'settled', ending: 'stopped' }]);
  });
});
