import { RpcError } from '../../schema/errors';
import { FakeTaskd } from './test/fake-taskd';
import { extensions, gate, idleFiles, makeService, notices, useStateFolder } from './test/task-stage';

useStateFolder();

describe('the end of a run is reported once', () => {
  test('when a failed opening is reported by event and by answer', async () => {
    const taskd = new FakeTaskd({
      create_or_open_task: async () => {
        await event('task_error', { code: 'TASK_BOOTSTRAP_FAILED', message: 'No model.', retryable: false });
        throw new RpcError('TASK_BOOTSTRAP_FAILED', 'No model.');
      },
    });
    const made = await makeService(taskd);
    const { service, taskId, event, items, settled, nextSettled } = made;
    const end = nextSettled();
    await service.prompt(taskId, 'Sort', 'p1');
    await end;
    await new Promise((resolve) => setImmediate(resolve));
    expect([settled.length, notices(await items())]).toEqual([1, ['No model.']]);
  });

  test('when the workspace is lost during a call', async () => {
    const call = gate();
    const taskd = new FakeTaskd({
      prompt: async () => {
        await call.passed;
        throw new RpcError('DISCONNECTED', 'Connection lost.');
      },
    });
    const { service, taskId, items, settled, running, summary } = await makeService(taskd);
    await service.prompt(taskId, 'Sort', 'p1');
    await running();
    const gone = service.onVmGone('The workspace stopped.');
    call.open();
    await gone;
    await new Promise((resolve) => setImmediate(resolve));
    expect(settled).toEqual([
      { taskId, promptId: 'p1', ending: 'failed', isAborted: false, problem: 'The workspace stopped.' },
    ]);
    expect(notices(await items())).toEqual(['The workspace stopped.']);
    expect(summary()).toMatchObject({ activity: 'failed', problem: 'The workspace stopped.' });
  });

  test("and an event of an earlier run doesn't end a later one", async () => {
    const { service, taskId, event, settled, running, summary } = await makeService();
    await service.prompt(taskId, 'one', 'p1');
    await running();
    await service.onVmGone('Lost.');
    await service.prompt(taskId, 'two', 'p2');
    await running();
    await event('agent_settled', { promptId: 'p1', isAborted: false });
    await event('agent_settled', { promptId: null, isAborted: false });
    expect(summary().promptInFlight).toBe('p2');
    await running();
    await event('agent_settled', { promptId: 'p2', isAborted: false });
    expect(settled.map(({ promptId }) => promptId)).toEqual(['p1', 'p2']);
  });
});

test('when the workspace is gone, open items are closed', async () => {
  const { service, taskId, event, items, running } = await makeService();
  await service.prompt(taskId, 'Sort', 'p1');
  await running();
  const output = (payload: object): Promise<void> => event('agent_output', payload);
  await output({ kind: 'message_start', messageId: 'm1-1', role: 'assistant' });
  await output({ kind: 'text_delta', messageId: 'm1-1', delta: 'I so' });
  await output({ kind: 'tool_start', toolCallId: 'c1', toolName: 'bash', args: {} });
  await service.onVmGone('Lost.');
  expect(await items()).toMatchObject([
    { kind: 'user' },
    { kind: 'assistant', text: 'I so', isStreaming: false, stopReason: 'aborted' },
    { kind: 'tool', status: 'failed' },
    { kind: 'notice', text: 'Lost.' },
  ]);
});

test('a resting task is stopped, not failed, when the workspace is gone', async () => {
  const { service, taskId, summary } = await makeService();
  await service.open(taskId);
  expect(summary().activity).toBe('idle');
  await service.onVmGone('Lost.');
  expect(summary()).toMatchObject({ activity: 'stopped', problem: null });
});

test("messages after a restart of the guest don't mix with earlier ones", async () => {
  const { service, taskId, event, items, running } = await makeService();
  for (const promptId of ['p1', 'p2']) {
    await service.prompt(taskId, promptId, promptId);
    await running();
    await event('agent_output', { kind: 'message_start', messageId: 'm1-1', role: 'assistant' });
    await event('agent_output', { kind: 'text_delta', messageId: 'm1-1', delta: `answer to ${promptId}` });
    const end = { kind: 'message_end', messageId: 'm1-1', role: 'assistant', stopReason: 'stop' } as const;
    await event('agent_output', end);
    await event('agent_settled', { promptId, isAborted: false });
  }
  expect((await items()).map((item) => ('text' in item ? item.text : ''))).toEqual([
    'p1',
    'answer to p1',
    'p2',
    'answer to p2',
  ]);
});

describe('stopping', () => {
  test('a run aborts it, and it ends when the agent settles', async () => {
    const { service, taskd, taskId, event, settled, running, summary } = await makeService();
    await service.prompt(taskId, 'Sort', 'p1');
    await running();
    await service.stop(taskId);
    expect([taskd.types.at(-1), summary().promptInFlight]).toEqual(['abort', 'p1']);
    await event('agent_settled', { promptId: 'p1', isAborted: true });
    expect(settled).toEqual([{ taskId, promptId: 'p1', ending: 'stopped', isAborted: true, problem: null }]);
  });

  test("a run that the guest doesn't know ends it here", async () => {
    const { service, taskId, settled, running } = await makeService(
      new FakeTaskd({ abort: () => ({ aborted: false }) }),
    );
    await service.prompt(taskId, 'Sort', 'p1');
    await running();
    await service.stop(taskId);
    expect(settled).toEqual([{ taskId, promptId: 'p1', ending: 'stopped', isAborted: true, problem: null }]);
  });

  test('a prompt that waits for the workspace drops it, and the agent never gets it', async () => {
    const vm = gate();
    const { service, taskd, taskId, settled, summary } = await makeService(undefined, { startVm: () => vm.passed });
    await service.prompt(taskId, 'Sort', 'p1');
    await service.stop(taskId);
    expect(settled).toEqual([{ taskId, promptId: 'p1', ending: 'stopped', isAborted: true, problem: null }]);
    const opened = service.open(taskId);
    vm.open();
    await opened;
    await new Promise((resolve) => setImmediate(resolve));
    expect([taskd.types, summary().promptInFlight]).toEqual([['create_or_open_task'], null]);
  });

  test("nothing isn't an error", async () => {
    const { service, taskd, taskId } = await makeService();
    await service.stop(taskId);
    expect(taskd.types).toEqual([]);
  });
});

describe('a run that is stopped while its turn of files begins', () => {
  test('never reaches the agent, and its turn is ended after it has begun', async () => {
    const begins = gate();
    const calls: string[] = [];
    const { service, taskd, taskId, settled } = await makeService(undefined, {
      files: {
        ...idleFiles,
        beginTurn: async () => {
          calls.push('begin');
          await begins.passed;
          calls.push('begun');
        },
        endTurn: () => {
          calls.push('end');
          return Promise.resolve();
        },
      },
    });
    await service.prompt(taskId, 'Sort', 'p1');
    while (!calls.includes('begin')) await new Promise((resolve) => setImmediate(resolve));
    const stopped = service.stop(taskId);
    begins.open();
    await stopped;
    await new Promise((resolve) => setImmediate(resolve));
    expect(calls).toEqual(['begin', 'begun', 'end']);
    expect([taskd.types, settled]).toEqual([
      ['create_or_open_task'],
      [{ taskId, promptId: 'p1', ending: 'stopped', isAborted: true, problem: null }],
    ]);
  });
});

test("events of a replaced process don't affect the new one", async () => {
  const closing = gate();
  let own = extensions;
  const { service, taskd, taskId, event, summary, running } = await makeService(undefined, {
    files: { ...idleFiles, endTurn: () => closing.passed },
    extensions: () => Promise.resolve(own),
  });
  await service.prompt(taskId, 'one', 'p1');
  await running();
  // Closing the run takes time, and events after its end have to wait.
  const news = [
    event('agent_settled', { promptId: 'p1', isAborted: false }),
    event('task_error', { code: 'PI_PROCESS_DEAD', message: 'pi ended.', retryable: true }),
    event('ui_request', { id: 'q1', method: 'confirm', title: 'Sure?', message: '' }),
    service.onVmGone('Lost.'),
  ];
  own = { mains: ['a.edn'], files: [{ name: 'a.edn', text: 'a' }] };
  await service.open(taskId);
  closing.open();
  await Promise.all(news);
  expect(taskd.types).toEqual(['create_or_open_task', 'prompt', 'stop_task', 'create_or_open_task']);
  expect(summary()).toMatchObject({ activity: 'idle', problem: null, dialogs: [], promptInFlight: null });
});
