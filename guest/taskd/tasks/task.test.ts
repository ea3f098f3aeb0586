/** A task with a pi that the test controls; the host's folders are temporary ones. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Parked } from '../pi/parked';
import { FakePi, parkedAt, silence } from '../test/fake-pi';
import { fakeServices, makeFiles } from '../test/fake-services';
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

describe('stopping', () => {
  test('ends pi, clears its slot and reports it', async () => {
    const pi = new FakePi();
    const { task, names, cleared } = makeTask([pi]);
    await task.open({});
    await task.stop();
    expect(pi.process.isGone).toBe(true);
    expect([names().slice(3), task.snapshot().state, cleared.length]).toEqual([['task_stopped'], 'stopped', 1]);
  });

  test('while a pi is being claimed cancels the opening and ends the pi that comes late', async () => {
    const pi = new FakePi();
    let handOut: (parked: Parked) => void = () => undefined;
    const claim = jest
      .fn<Promise<Parked>, []>()
      .mockImplementationOnce(() => new Promise((resolve) => (handOut = resolve)))
      .mockImplementation(() => Promise.resolve(parkedAt(new FakePi(), join(folder, 'slot'))));
    const lot = { claim, refill: () => undefined, countAnswering: () => Promise.resolve(0) };
    const { task, names, cleared } = makeTask([], { lot });
    const opening = task.open({});
    const givenUp = expect(opening).rejects.toEqual(failsWith('CANCELLED'));
    while (claim.mock.calls.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await task.stop();
    const again = task.open({});
    handOut(parkedAt(pi, join(folder, 'slot')));
    await givenUp;
    expect(await again).toBe('created');
    expect(pi.process.isGone).toBe(true);
    expect([task.snapshot().state, cleared.length]).toEqual(['ready', 1]);
    expect(names()).toEqual(['task_stopped', 'task_bootstrap_state', 'task_bootstrap_state', 'task_ready']);
  });

  test('while pi is asked for its model reports no error', async () => {
    let onAsked: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => (onAsked = resolve));
    const pi = new FakePi({
      get_state: () => {
        onAsked();
        return silence;
      },
    });
    const { task, names, cleared } = makeTask([pi]);
    const givenUp = expect(task.open({})).rejects.toEqual(failsWith('CANCELLED'));
    await asked;
    await task.stop();
    await givenUp;
    expect([names(), task.snapshot().state, cleared.length]).toEqual([
      ['task_bootstrap_state', 'task_stopped'],
      'stopped',
      1,
    ]);
  });

  test('lets a later opening wait until the old pi is gone', async () => {
    const old = new FakePi({}, 'SIGKILL');
    const { task } = makeTask([old]);
    await task.open({});
    const stopping = task.stop();
    let isOpenAgain = false;
    const again = task.open({}).then(() => (isOpenAgain = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(isOpenAgain).toBe(false);
    old.exit(0);
    await Promise.all([stopping, again]);
    expect(task.snapshot().state).toBe('ready');
  });
});

describe('a run', () => {
  test('is active until it settles, and only one runs at a time', async () => {
    const pi = new FakePi();
    const { task, events, next } = makeTask([pi]);
    await task.open({});
    expect(await task.prompt('Sort', 'p1', [])).toBe('started');
    expect(task.snapshot()).toMatchObject({ state: 'active', promptInFlight: 'p1' });
    await expect(task.prompt('More', 'p2', [])).rejects.toEqual(failsWith('TASK_NOT_READY'));
    const usage = next('usage');
    pi.say({ type: 'agent_settled' });
    await usage;
    expect(events.slice(-2)).toEqual([
      { event: 'agent_settled', taskId: 'task-1', payload: { promptId: 'p1', isAborted: false } },
      {
        event: 'usage',
        taskId: 'task-1',
        payload: {
          input: 1,
          output: 2,
          cacheRead: 3,
          cacheWrite: 4,
          cost: 0.5,
          contextTokens: null,
          contextWindow: null,
        },
      },
    ]);
    expect(task.snapshot()).toMatchObject({ state: 'idle', promptInFlight: null });
  });

  test("that pi refuses doesn't begin", async () => {
    const { task } = makeTask([new FakePi({ prompt: () => new Error('no model') })]);
    await task.open({});
    await expect(task.prompt('Sort', 'p1', [])).rejects.toThrow('no model');
    expect(task.snapshot().state).toBe('idle');
  });

  test('ends with pi, and the next opening recovers', async () => {
    const pi = new FakePi();
    const { task, next, cleared } = makeTask([pi]);
    await task.open({});
    await task.prompt('Sort', 'p1', []);
    const error = next('task_error');
    pi.exit(null, 'SIGSEGV');
    expect(await error).toMatchObject({
      payload: { code: 'PI_PROCESS_DEAD', message: 'pi stopped unexpectedly.', retryable: true },
    });
    await expect(task.prompt('Sort', 'p2', [])).rejects.toEqual(failsWith('PI_PROCESS_DEAD'));
    expect(await task.open({})).toBe('recovered');
    expect(cleared).toHaveLength(1);
  });

  test('that is stopped has its questions cancelled, including those that come until it settles', async () => {
    const ask = (id: string) => ({ type: 'extension_ui_request', id, method: 'confirm', title: 'Sure?' });
    const pi: FakePi = new FakePi({
      abort: () => {
        pi.say(ask('q2'));
        pi.say({ type: 'agent_settled', aborted: true });
        return undefined;
      },
    });
    const { task, next, events } = makeTask([pi]);
    await task.open({});
    await task.prompt('Sort', 'p1', []);
    const asked = next('ui_request');
    pi.say(ask('q1'));
    await asked;
    const settled = next('agent_settled');
    expect(await task.abort()).toBe(true);
    expect(await settled).toMatchObject({ payload: { promptId: 'p1', isAborted: true } });
    expect(pi.commands.filter(({ type }) => type === 'extension_ui_response')).toEqual([
      { type: 'extension_ui_response', id: 'q1', cancelled: true },
      { type: 'extension_ui_response', id: 'q2', cancelled: true },
    ]);
    expect(events.filter(({ event }) => event.startsWith('ui_')).map(({ payload }) => payload)).toMatchObject([
      { id: 'q1', title: 'Sure?' },
      { id: 'q1', reason: 'aborted' },
      { id: 'q2', title: 'Sure?' },
      { id: 'q2', reason: 'aborted' },
    ]);
    expect(await task.abort()).toBe(false);
  });
});

test('a model with an impossible context window counts as one without', async () => {
  const models = [{ id: 'm', provider: 'local', contextWindow: 0 }];
  const { task } = makeTask([new FakePi({ get_available_models: () => ({ models }) })]);
  await task.open({});
  expect(await task.models()).toEqual([{ ref: 'local/m', name: 'm' }]);
});

test('a task that is not open answers nothing', async () => {
  const { task } = makeTask([]);
  await expect(task.prompt('Sort', 'p1', [])).rejects.toEqual(failsWith('TASK_NOT_READY'));
  expect(() => task.answer('q1', { confirmed: true })).toThrow('Open it first');
});
