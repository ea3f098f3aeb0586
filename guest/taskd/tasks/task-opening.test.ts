/** Opening a task with a pi that the test controls; the host's folders are temporary ones. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FakePi, silence } from '../test/fake-pi';
import { fakeServices, makeFiles, piConfig } from '../test/fake-services';
import type { TaskServices } from './services';
import { Task } from './task';

let folder = '';

beforeEach(async () => (folder = await makeFiles()));
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A task that gets the pi processes `pis` in order. */
function makeTask(pis: FakePi[], over: Partial<TaskServices> = {}) {
  const made = fakeServices(folder, pis, over);
  return { task: new Task('task-1', made.services), ...made };
}

const failsWith = (code: string): unknown => expect.objectContaining({ code });

describe('opening', () => {
  test('claims a pi, sends it its place, and reports each step', async () => {
    const pi = new FakePi();
    const { task, events } = makeTask([pi]);
    expect(await task.open({ model: 'fake/one', thinkingLevel: 'high', hasWorkingFolder: true, piConfig })).toBe(
      'created',
    );
    expect(pi.commands.map(({ id: _id, ...command }) => command)).toEqual([
      { type: 'switch_session', sessionPath: '/sessions/task-1/session.json' },
      { type: 'get_state' },
      { type: 'set_model', provider: 'fake', modelId: 'one' },
      { type: 'set_thinking_level', level: 'high' },
      { type: 'get_available_models' },
    ]);
    expect(events).toEqual([
      {
        event: 'task_bootstrap_state',
        taskId: 'task-1',
        payload: { status: 'running', model: null, models: [] },
      },
      {
        event: 'task_bootstrap_state',
        taskId: 'task-1',
        payload: {
          status: 'done',
          model: 'fake/one',
          models: [{ ref: 'tour/tour', name: 'Tour', contextWindow: 128_000 }],
        },
      },
      { event: 'task_ready', taskId: 'task-1', payload: { mode: 'created' } },
    ]);
    expect(task.snapshot()).toEqual({
      taskId: 'task-1',
      state: 'ready',
      model: 'fake/one',
      promptInFlight: null,
      sessionFile: '/sessions/task-1/session.json',
      hasWorkingFolder: true,
      cwd: '/mnt/workdir',
      bootstrap: 'done',
      openDialogs: [],
    });
    const agent = (name: string): Promise<string> => readFile(join(folder, 'slot/agent', name), 'utf8');
    expect(JSON.parse(await agent('settings.json'))).toEqual({
      quietStartup: true,
      defaultProvider: 'fake',
      defaultModel: 'one',
    });
    expect(await agent('folders.md')).toContain('Working folder: /mnt/workdir');
  });

  test('twice at the same time claims one pi', async () => {
    const { task, names } = makeTask([new FakePi()]);
    expect(await Promise.all([task.open({}), task.open({})])).toEqual(['created', 'created']);
    expect(await task.open({})).toBe('resumed');
    expect(names().filter((name) => name === 'task_ready')).toHaveLength(1);
  });

  test('resumes when there is a session on disk', async () => {
    await mkdir(join(folder, 'files/task-1/session'), { recursive: true });
    await writeFile(join(folder, 'files/task-1/session/session.json'), '{}\n');
    expect(await makeTask([]).task.open({})).toBe('resumed');
  });

  test('keeps its folder', async () => {
    const { task } = makeTask([]);
    await task.open({ hasWorkingFolder: true, piConfig });
    expect(await task.open({ piConfig })).toBe('resumed');
    expect(task.snapshot()).toMatchObject({ hasWorkingFolder: true, cwd: '/mnt/workdir' });
  });

  test("fails and claims nothing when the host doesn't serve the folders", async () => {
    await rm(join(folder, 'files', 'task-1'), { recursive: true });
    const { task, events } = makeTask([]);
    await expect(task.open({ piConfig })).rejects.toEqual(failsWith('TASK_BOOTSTRAP_FAILED'));
    expect([task.snapshot().state, events]).toEqual(['missing', []]);
  });

  test('waits for the files, and fails when they do', async () => {
    const { task } = makeTask([], { filesMounted: () => Promise.reject(new Error('they cannot be mounted')) });
    await expect(task.open({})).rejects.toThrow('they cannot be mounted');
  });
});

describe('an opening that fails', () => {
  test.each<[string, () => FakePi, string]>([
    ['pi refuses', () => new FakePi({ switch_session: () => new Error('no such session') }), 'no such session'],
    [
      'pi ends while it is asked',
      () => {
        const pi: FakePi = new FakePi({
          get_state: () => {
            pi.stderr.write('out of memory\n');
            setImmediate(() => pi.exit(1));
            return silence;
          },
        });
        return pi;
      },
      'pi stopped unexpectedly. out of memory',
    ],
  ])('reports it once, ends pi and clears its slot: %s', async (_name, makePi, message) => {
    const { task, events, cleared } = makeTask([makePi()]);
    await expect(task.open({})).rejects.toMatchObject({ code: 'TASK_BOOTSTRAP_FAILED', message });
    await new Promise((resolve) => setImmediate(resolve));
    expect(events.filter(({ event }) => event === 'task_error')).toEqual([
      {
        event: 'task_error',
        taskId: 'task-1',
        payload: { code: 'TASK_BOOTSTRAP_FAILED', message, retryable: false },
      },
    ]);
    expect(task.snapshot()).toMatchObject({ state: 'errored', bootstrap: 'failed' });
    expect(cleared).toHaveLength(1);
    expect(await task.open({})).toBe('recovered');
  });
});
