/** Tasks over a taskd that the test plays and a store in a temporary folder. */
import { noExtensions } from '../../schema/extensions';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TaskSummary } from '../../schema/app-api';
import type { ConversationItem } from '../../schema/conversation';
import { RpcError } from '../../schema/errors';
import { makeStateFolder, stateFolderAt, type StateFolder } from '../settings/state-folder';
import type { TaskdEvent } from './reduce-event';
import type { Settled, TaskServiceOptions } from './task-ports';
import { TaskService } from './task-service';
import { TaskStore } from './task-store';
import { FakeTaskd } from './test/fake-taskd';

let root = '';
let state: StateFolder;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'piwork-tasks-'));
  state = stateFolderAt(root);
  await makeStateFolder(state);
});
// A run that a test has left under way may still make a folder.
afterEach(() => rm(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 20 }));

const idleFiles: TaskServiceOptions['files'] = {
  serve: () => Promise.resolve({ isAnew: false }),
  withdraw: () => Promise.resolve(),
  forget: () => Promise.resolve(),
  beginTurn: () => Promise.resolve(),
  endTurn: () => Promise.resolve(),
  askActs: () => Promise.resolve({ isAllowed: true, reason: '' }),
};
const piConfig = { models: '{}', settings: '{}' };
const extensions = noExtensions;

interface Gate {
  readonly passed: Promise<void>;
  open(): void;
}

function gate(): Gate {
  let open: () => void = () => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open };
}

async function makeService(taskd = new FakeTaskd(), over: Partial<TaskServiceOptions> = {}) {
  const logged: string[] = [];
  const served: Array<[taskId: string, folder: string | null]> = [];
  const service = new TaskService({
    store: new TaskStore(state),
    taskd: taskd.client,
    startVm: () => Promise.resolve(),
    checkFolder: (path) =>
      path.includes('missing')
        ? Promise.reject(new RpcError('WORKSPACE_POLICY_VIOLATION', `${path} does not exist.`))
        : Promise.resolve(path),
    files: {
      ...idleFiles,
      serve: (places) => {
        served.push([places.taskId, places.folder]);
        return Promise.resolve({ isAnew: false });
      },
    },
    piConfig: () => piConfig,
    log: (_source, line) => logged.push(line),
    ...over,
  });
  const settled: Settled[] = [];
  const waiting: Array<() => void> = [];
  service.settled.add((event) => {
    settled.push(event);
    for (const wake of waiting.splice(0)) wake();
  });
  const nextSettled = (): Promise<void> => new Promise((resolve) => waiting.push(resolve));
  const taskId = await service.create({ title: 'Sort', folder: null, model: 'tour/tour' });
  const summary = (): TaskSummary => service.summaries.find((task) => task.taskId === taskId)!;
  const event = (name: TaskdEvent['event'], payload: object): Promise<void> =>
    service.onTaskdEvent({ event: name, taskId, timestamp: 5_000, payload } as TaskdEvent);
  const items = async (): Promise<ConversationItem[]> => (await service.conversation(taskId)).items;
  /** Waits for a change after which `isSo`. */
  const until = (isSo: (task: TaskSummary) => boolean): Promise<void> =>
    new Promise((resolve) => {
      if (isSo(summary())) return resolve();
      const waitingFor = service.changed.add((task) => {
        if (task.taskId !== taskId || !isSo(task)) return;
        waitingFor.dispose();
        resolve();
      });
    });
  const running = (): Promise<void> => until(({ activity }) => activity === 'running');
  return { service, taskd, taskId, summary, event, items, settled, nextSettled, logged, served, until, running };
}

const failsWith = (code: string): unknown => expect.objectContaining({ code });
const notices = (items: readonly ConversationItem[]): string[] =>
  items.flatMap((item) => (item.kind === 'notice' ? [item.text] : []));

describe('a prompt', () => {
  test('is accepted at once, opens the task, and its run ends when the agent has settled', async () => {
    const vm = gate();
    const { service, taskd, taskId, summary, event, items, settled, running } = await makeService(undefined, {
      startVm: () => vm.passed,
    });
    await service.prompt(taskId, 'Sort my files', 'p1');
    expect(summary()).toMatchObject({ activity: 'starting', promptInFlight: 'p1' });
    expect(service.isBusy).toBe(true);
    expect(await items()).toMatchObject([{ kind: 'user', text: 'Sort my files', promptId: 'p1' }]);
    vm.open();
    await running();
    await event('agent_settled', { promptId: 'p1', isAborted: false });
    expect(taskd.calls).toEqual([
      {
        type: 'create_or_open_task',
        payload: { taskId, model: 'tour/tour', hasWorkingFolder: false, piConfig, extensions },
      },
      { type: 'prompt', payload: { taskId, message: 'Sort my files', promptId: 'p1' } },
    ]);
    expect(settled).toEqual([{ taskId, promptId: 'p1', isAborted: false, problem: null }]);
    expect(summary()).toMatchObject({ activity: 'idle', promptInFlight: null, problem: null });
    expect(service.isBusy).toBe(false);
  });

  test('is refused while a run is under way', async () => {
    const { service, taskId, running } = await makeService();
    await service.prompt(taskId, 'one', 'p1');
    await expect(service.prompt(taskId, 'two', 'p2')).rejects.toEqual(failsWith('TASK_NOT_READY'));
    await running();
    await expect(service.prompt(taskId, 'two', 'p2')).rejects.toEqual(failsWith('TASK_NOT_READY'));
  });

  test.each<[string, Partial<TaskServiceOptions>, ConstructorParameters<typeof FakeTaskd>[0]]>([
    ['the workspace does not start', { startVm: () => Promise.reject(new RpcError('VM_FAILED', 'No QEMU.')) }, {}],
    [
      'the task cannot be opened',
      {},
      { create_or_open_task: () => Promise.reject(new RpcError('TASK_BOOTSTRAP_FAILED', 'No QEMU.')) },
    ],
    ['pi refuses it', {}, { prompt: () => Promise.reject(new RpcError('INVALID_REQUEST', 'No QEMU.')) }],
  ])('tells why when %s, and the next one may follow', async (_name, over, answers) => {
    const { service, taskId, summary, items, settled, nextSettled } = await makeService(new FakeTaskd(answers), over);
    const end = nextSettled();
    await service.prompt(taskId, 'Sort', 'p1');
    await end;
    expect(settled).toEqual([{ taskId, promptId: 'p1', isAborted: false, problem: 'No QEMU.' }]);
    expect(summary()).toMatchObject({ activity: 'failed', problem: 'No QEMU.', promptInFlight: null });
    expect(notices(await items())).toEqual(['No QEMU.']);
    const secondEnd = nextSettled();
    await service.prompt(taskId, 'Again', 'p2');
    expect(summary()).toMatchObject({ activity: 'starting', problem: null });
    await secondEnd;
  });

  test('that an extension handles settles without a run', async () => {
    const taskd = new FakeTaskd({
      prompt: ({ taskId, promptId }) => ({ accepted: true, taskId, promptId, disposition: 'handled' }),
    });
    const { service, taskId, settled, nextSettled } = await makeService(taskd);
    const end = nextSettled();
    await service.prompt(taskId, '/help', 'p1');
    await end;
    expect(settled).toEqual([{ taskId, promptId: 'p1', isAborted: false, problem: null }]);
  });

  test('fails, and does not hang, when the conversation cannot be read; the next try reads it anew', async () => {
    const { service, taskId, summary, running } = await makeService();
    const session = join(state.taskstate, taskId, 'session', 'session.json');
    await mkdir(session);
    await expect(service.prompt(taskId, 'Sort', 'p1')).rejects.toThrow('EISDIR');
    expect(summary()).toMatchObject({ activity: 'failed', promptInFlight: null });
    await rm(session, { recursive: true });
    await service.prompt(taskId, 'Sort', 'p2');
    await running();
  });

  test('ends also when nothing can be written', async () => {
    const { service, taskId, event, settled, running, logged } = await makeService();
    await service.prompt(taskId, 'Sort', 'p1');
    await running();
    await rm(join(state.tasks, taskId), { recursive: true });
    await event('agent_settled', { promptId: 'p1', isAborted: false });
    expect(settled).toHaveLength(1);
    expect(logged).toEqual([expect.stringContaining("couldn't save")]);
  });
});

describe('the end of a run is told once', () => {
  test('when a failed opening is told by event and by answer', async () => {
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
    expect(settled).toEqual([{ taskId, promptId: 'p1', isAborted: false, problem: 'The workspace stopped.' }]);
    expect(notices(await items())).toEqual(['The workspace stopped.']);
    expect(summary()).toMatchObject({ activity: 'failed', problem: 'The workspace stopped.' });
  });

  test('and news of an earlier run does not end a later one', async () => {
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

test('what is left open when the workspace is gone is closed', async () => {
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

test('a task at rest is stopped, not failed, when the workspace is gone', async () => {
  const { service, taskId, summary } = await makeService();
  await service.open(taskId);
  expect(summary().activity).toBe('idle');
  await service.onVmGone('Lost.');
  expect(summary()).toMatchObject({ activity: 'stopped', problem: null });
});

test('messages of a second start of the guest do not fall into those of the first', async () => {
  const { service, taskId, event, items, running } = await makeService();
  for (const promptId of ['p1', 'p2']) {
    await service.prompt(taskId, promptId, promptId);
    await running();
    await event('agent_output', { kind: 'message_start', messageId: 'm1-1', role: 'assistant' });
    await event('agent_output', { kind: 'text_delta', messageId: 'm1-1', delta: `answer to ${promptId}` });
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
  test('a run is an abort, which the agent’s settling ends', async () => {
    const { service, taskd, taskId, event, settled, running, summary } = await makeService();
    await service.prompt(taskId, 'Sort', 'p1');
    await running();
    await service.stop(taskId);
    expect([taskd.types.at(-1), summary().promptInFlight]).toEqual(['abort', 'p1']);
    await event('agent_settled', { promptId: 'p1', isAborted: true });
    expect(settled).toEqual([{ taskId, promptId: 'p1', isAborted: true, problem: null }]);
  });

  test('a run that the guest knows nothing of ends it here', async () => {
    const { service, taskId, settled, running } = await makeService(
      new FakeTaskd({ abort: () => ({ aborted: false }) }),
    );
    await service.prompt(taskId, 'Sort', 'p1');
    await running();
    await service.stop(taskId);
    expect(settled).toEqual([{ taskId, promptId: 'p1', isAborted: true, problem: null }]);
  });

  test('a prompt that waits for the workspace gives it up, and the agent never hears of it', async () => {
    const vm = gate();
    const { service, taskd, taskId, settled, summary } = await makeService(undefined, { startVm: () => vm.passed });
    await service.prompt(taskId, 'Sort', 'p1');
    await service.stop(taskId);
    expect(settled).toEqual([{ taskId, promptId: 'p1', isAborted: true, problem: null }]);
    const opened = service.open(taskId);
    vm.open();
    await opened;
    await new Promise((resolve) => setImmediate(resolve));
    expect([taskd.types, summary().promptInFlight]).toEqual([['create_or_open_task'], null]);
  });

  test('nothing is no error', async () => {
    const { service, taskd, taskId } = await makeService();
    await service.stop(taskId);
    expect(taskd.types).toEqual([]);
  });
});

describe('a question', () => {
  const question = { id: 'q1', method: 'confirm', title: 'Delete?', message: '3 files' };

  test('makes the task wait for the person, and its answer lets it go on', async () => {
    const { service, taskd, taskId, event, summary, running } = await makeService();
    await service.prompt(taskId, 'Sort', 'p1');
    await running();
    await event('ui_request', question);
    expect(summary()).toMatchObject({ activity: 'needs_you', dialogs: [{ ...question, openedAt: 5_000 }] });
    await service.answer(taskId, 'q1', { confirmed: true });
    expect(taskd.calls.at(-1)).toEqual({
      type: 'extension_ui_response',
      payload: { taskId, id: 'q1', answer: { confirmed: true } },
    });
    await event('ui_request_closed', { id: 'q1', reason: 'answered' });
    expect(summary()).toMatchObject({ activity: 'running', dialogs: [] });
  });

  test('that is no longer open is taken away, and the person told', async () => {
    const taskd = new FakeTaskd({ extension_ui_response: () => ({ accepted: false }) });
    const { service, taskId, event, summary } = await makeService(taskd);
    await event('ui_request', question);
    await expect(service.answer(taskId, 'q1', { confirmed: true })).rejects.toEqual(failsWith('NOT_FOUND'));
    expect(summary().dialogs).toEqual([]);
  });
});

describe('changes that come at the same time', () => {
  test('are all kept', async () => {
    const { service, taskId, event, summary } = await makeService();
    const usage = { input: 1, output: 2, cacheRead: 3, cacheWrite: 4, cost: 0.5 };
    await Promise.all([
      service.rename(taskId, 'Letters'),
      event('usage', { ...usage, contextTokens: null, contextWindow: null }),
      service.setModel(taskId, 'fake/two'),
    ]);
    const expected = { title: 'Letters', usage, model: 'fake/two' };
    expect(summary()).toMatchObject(expected);
    const file = await readFile(join(state.tasks, taskId, 'task.json'), 'utf8');
    expect(JSON.parse(file)).toMatchObject(expected);
  });

  test('a prompt sent while the figures of the last run are written is not forgotten', async () => {
    const { service, taskId, event, summary, running } = await makeService();
    await service.prompt(taskId, 'one', 'p1');
    await running();
    await event('agent_settled', { promptId: 'p1', isAborted: false });
    const figures = { input: 1, output: 2, cacheRead: 0, cacheWrite: 0, cost: 0, contextTokens: 1, contextWindow: 2 };
    await Promise.all([event('usage', figures), service.prompt(taskId, 'two', 'p2')]);
    expect(summary().promptInFlight).toBe('p2');
  });

  test('two openings are one', async () => {
    const { service, taskd, taskId } = await makeService();
    expect(await Promise.all([service.open(taskId), service.open(taskId)])).toEqual(['created', 'created']);
    expect(taskd.types).toEqual(['create_or_open_task']);
  });
});

describe('the folder of a task', () => {
  test('is checked before anything is made', async () => {
    const { service } = await makeService();
    await expect(service.create({ title: 'x', folder: '/missing', model: 'tour/tour' })).rejects.toEqual(
      failsWith('WORKSPACE_POLICY_VIOLATION'),
    );
    expect(service.summaries).toHaveLength(1);
  });

  test('is bound once, and seen by the next process', async () => {
    const { service, taskd, taskId, summary, served } = await makeService();
    await service.open(taskId);
    await service.bindFolder(taskId, '/work/docs');
    await service.open(taskId);
    expect(taskd.calls.slice(1)).toEqual([
      { type: 'stop_task', payload: { taskId } },
      {
        type: 'create_or_open_task',
        payload: { taskId, model: 'tour/tour', hasWorkingFolder: true, piConfig, extensions },
      },
    ]);
    await expect(service.bindFolder(taskId, '/work/other')).rejects.toEqual(failsWith('FOLDER_ALREADY_BOUND'));
    expect(summary().workingFolder).toBe('/work/docs');
    expect(served).toEqual([
      [taskId, null],
      [taskId, '/work/docs'],
    ]);
  });

  test('of two that come at once one is bound', async () => {
    const { service, taskId } = await makeService();
    const both = await Promise.allSettled([service.bindFolder(taskId, '/a'), service.bindFolder(taskId, '/b')]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  });

  test('given while the task is being opened is not missed', async () => {
    const opening = gate();
    let isFirst = true;
    const taskd = new FakeTaskd({
      create_or_open_task: async ({ taskId }) => {
        if (isFirst) await opening.passed;
        isFirst = false;
        return { taskId, state: 'ready', mode: 'created' };
      },
    });
    const { service, taskId } = await makeService(taskd);
    const opened = service.open(taskId);
    await service.bindFolder(taskId, '/docs');
    await service.setModel(taskId, 'fake/two');
    opening.open();
    await opened;
    expect(taskd.calls).toEqual([
      {
        type: 'create_or_open_task',
        payload: { taskId, model: 'tour/tour', hasWorkingFolder: false, piConfig, extensions },
      },
      { type: 'stop_task', payload: { taskId } },
      {
        type: 'create_or_open_task',
        payload: { taskId, model: 'fake/two', hasWorkingFolder: true, piConfig, extensions },
      },
    ]);
  });

  test('that is gone is a problem of the task until it is back', async () => {
    let isThere = false;
    const { service, taskId, summary } = await makeService(undefined, {
      checkFolder: (path) => (isThere ? Promise.resolve(path) : Promise.reject(new Error('It is gone.'))),
    });
    isThere = true;
    await service.bindFolder(taskId, '/docs');
    isThere = false;
    await expect(service.open(taskId)).rejects.toThrow('It is gone.');
    expect(summary().folderProblem).toBe('It is gone.');
    isThere = true;
    await service.open(taskId);
    expect(summary().folderProblem).toBeNull();
  });

  test('cannot be given while the agent works', async () => {
    const { service, taskId, running } = await makeService();
    await service.prompt(taskId, 'Sort', 'p1');
    await running();
    await expect(service.bindFolder(taskId, '/docs')).rejects.toEqual(failsWith('TASK_NOT_READY'));
  });
});

describe('removing a task', () => {
  test('ends its process and moves its folders aside', async () => {
    const { service, taskd, taskId } = await makeService();
    const removed: string[] = [];
    service.removed.add((id) => removed.push(id));
    await service.open(taskId);
    await writeFile(join(state.taskstate, taskId, 'outputs', 'report.md'), 'text');
    await service.remove(taskId);
    expect([taskd.types.at(-1), removed, service.summaries]).toEqual(['stop_task', [taskId], []]);
    const [aside] = await readdir(state.removed);
    expect(aside).toMatch(new RegExp(`^${taskId}-\\d+$`));
    expect(await readFile(join(state.removed, aside ?? '', 'state', 'outputs', 'report.md'), 'utf8')).toBe('text');
    expect(() => service.open(taskId)).toThrow('was removed');
    expect(await readdir(state.tasks)).toEqual([]);
  });

  test('during a run settles it, and what comes late changes nothing', async () => {
    const { service, taskId, event, settled, running } = await makeService();
    const changed: string[] = [];
    await service.prompt(taskId, 'Sort', 'p1');
    await running();
    await service.remove(taskId);
    service.changed.add((task) => changed.push(task.taskId));
    await event('agent_settled', { promptId: 'p1', isAborted: false });
    await service.onVmGone('Lost.');
    expect(settled).toEqual([{ taskId, promptId: 'p1', isAborted: true, problem: null }]);
    expect([changed, await readdir(state.tasks), await readdir(state.taskstate)]).toEqual([[], [], []]);
  });

  test('while it waits for the workspace opens nothing for it', async () => {
    const vm = gate();
    const { service, taskd, taskId, logged } = await makeService(undefined, { startVm: () => vm.passed });
    await service.prompt(taskId, 'Sort', 'p1');
    await service.remove(taskId);
    vm.open();
    await new Promise((resolve) => setImmediate(resolve));
    expect([taskd.types, logged.length]).toEqual([[], 1]);
  });

  test('while it is opened ends the process that comes late', async () => {
    const opening = gate();
    const taskd = new FakeTaskd({
      create_or_open_task: async ({ taskId }) => {
        await opening.passed;
        return { taskId, state: 'ready', mode: 'created' };
      },
    });
    const { service, taskId } = await makeService(taskd);
    const opened = expect(service.open(taskId)).rejects.toEqual(failsWith('CANCELLED'));
    await new Promise((resolve) => setImmediate(resolve));
    await service.remove(taskId);
    opening.open();
    await opened;
    expect(taskd.types).toEqual(['create_or_open_task', 'stop_task']);
  });

  test('that cannot be moved leaves it on the list', async () => {
    const { service, taskId } = await makeService();
    await rm(state.removed, { recursive: true });
    await writeFile(state.removed, 'in the way');
    await expect(service.remove(taskId)).rejects.toThrow();
    expect(service.summaries).toHaveLength(1);
  });
});

test('an event of a task that is not known is ignored', async () => {
  const { service, settled } = await makeService();
  await service.onTaskdEvent({
    event: 'agent_settled',
    taskId: 'task-other',
    seq: 0,
    timestamp: 1,
    payload: { promptId: null, isAborted: false },
  });
  expect(settled).toEqual([]);
});

test('the conversation is kept after a run and read again by the next host', async () => {
  const { service, taskId, event, running, items } = await makeService();
  await service.prompt(taskId, 'Sort', 'p1');
  await running();
  await event('agent_output', { kind: 'message_start', messageId: 'm1-1', role: 'assistant' });
  await event('agent_output', { kind: 'text_delta', messageId: 'm1-1', delta: 'Done.' });
  await event('agent_output', { kind: 'message_end', messageId: 'm1-1', role: 'assistant', stopReason: 'stop' });
  await event('agent_settled', { promptId: 'p1', isAborted: false });
  const told = await items();
  const next = new TaskService({
    store: new TaskStore(state),
    taskd: new FakeTaskd().client,
    startVm: () => Promise.resolve(),
    checkFolder: (path) => Promise.resolve(path),
    files: idleFiles,
    piConfig: () => piConfig,
    log: () => undefined,
  });
  expect(await next.load()).toEqual([]);
  expect(next.summaries).toMatchObject([{ taskId, activity: 'stopped', title: 'Sort' }]);
  expect((await next.conversation(taskId)).items).toEqual(told);
});

test('other extensions count from the next prompt, for which the agent begins anew in the same session', async () => {
  let own = { mains: ['a.edn'], files: [{ name: 'a.edn', text: 'a' }] };
  const taskd = new FakeTaskd();
  const { service } = await makeService(taskd, { extensions: () => Promise.resolve(own) });
  const taskId = await service.create({ title: 'T', folder: null, model: 'tour/tour' });
  await service.open(taskId);
  await service.open(taskId);
  own = { mains: [], files: [] };
  await service.open(taskId);
  expect(taskd.calls.map(({ type }) => type)).toEqual([
    ...Array<string>(2).fill('create_or_open_task'),
    'stop_task',
    'create_or_open_task',
  ]);
  expect(taskd.calls.at(-1)?.payload).toMatchObject({ extensions: own });
});
