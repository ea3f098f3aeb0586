import { rm } from 'node:fs/promises';
import { Authentication } from './authenticate';
import { createHandlers } from './handlers';
import { taskdProtocol } from '../../../schema/handshake';
import { commandsNotBuilt, taskdApi } from '../../../schema/taskd-api';
import { FakePi } from '../test/fake-pi';
import { fakeServices, makeFiles, piConfig } from '../test/fake-services';
import { TaskRegistry } from '../tasks/registry';

let folder = '';
beforeEach(async () => (folder = await makeFiles()));
afterEach(() => rm(folder, { recursive: true, force: true }));

function serveTasks(...pis: FakePi[]) {
  const made = fakeServices(folder, pis);
  const tasks = new TaskRegistry(made.services);
  const authentication = new Authentication(Buffer.alloc(32), 'test');
  const handlers = createHandlers({
    authentication,
    tasks,
    services: made.services,
    build: 'test',
    sent: { dropped: 0 },
  });
  return { ...made, handlers };
}

const { signal } = new AbortController();
const taskId = 'task-1';

test('opens, prompts, lists and stops a task', async () => {
  const pi = new FakePi({ prompt: () => ({ disposition: 'handled' }) });
  const { handlers } = serveTasks(pi);
  expect(await handlers.create_or_open_task({ taskId, hasWorkingFolder: true, piConfig }, signal)).toEqual({
    taskId,
    state: 'ready',
    mode: 'created',
  });
  const images = [{ mimeType: 'image/png', dataBase64: 'AA==' }];
  expect(await handlers.prompt({ taskId, message: 'Look', promptId: 'p1', images }, signal)).toEqual({
    accepted: true,
    taskId,
    promptId: 'p1',
    disposition: 'handled',
  });
  expect(pi.commands.at(-1)).toMatchObject({
    type: 'prompt',
    message: 'Look',
    images: [{ type: 'image', mimeType: 'image/png', data: 'AA==' }],
  });
  expect(await handlers.runtime_get_state({}, signal)).toMatchObject({
    build: 'test',
    tasks: [{ taskId, state: 'idle', hasWorkingFolder: true }],
  });
  expect(await handlers.stop_task({ taskId }, signal)).toEqual({ state: 'stopped' });
  expect(pi.process.isGone).toBe(true);
});

test('a switch is answered first, then reported once, whether the task is open or not', async () => {
  const { handlers, names, next, events } = serveTasks(new FakePi());
  await handlers.create_or_open_task({ taskId, hasWorkingFolder: false, piConfig }, signal);
  await handlers.stop_task({ taskId }, signal);
  for (const mode of ['created', 'resumed']) {
    events.length = 0;
    const ready = next('task_ready');
    expect(await handlers.switch_task({ taskId }, signal)).toEqual({ status: 'switching' });
    expect(names()).toEqual([]);
    expect(await ready).toEqual({ event: 'task_ready', taskId, payload: { mode } });
    await new Promise((resolve) => setImmediate(resolve));
    expect(names().filter((name) => name !== 'task_bootstrap_state')).toEqual(['task_switch_started', 'task_ready']);
  }
});

test('a switch that fails is reported once', async () => {
  const { handlers, names, next, events } = serveTasks(new FakePi(), new FakePi({ get_state: () => new Error('no') }));
  await handlers.create_or_open_task({ taskId, hasWorkingFolder: false, piConfig }, signal);
  await handlers.stop_task({ taskId }, signal);
  events.length = 0;
  const failed = next('task_error');
  await handlers.switch_task({ taskId }, signal);
  expect(await failed).toMatchObject({ payload: { code: 'TASK_BOOTSTRAP_FAILED', message: 'no' } });
  await new Promise((resolve) => setImmediate(resolve));
  expect(names().filter((name) => name === 'task_error')).toHaveLength(1);
});

test('a task that was never opened is not found', async () => {
  const { handlers } = serveTasks();
  const calls = [
    () => handlers.prompt({ taskId, message: 'x', promptId: 'p1' }, signal),
    () => handlers.switch_task({ taskId }, signal),
    () => handlers.stop_task({ taskId }, signal),
    () => handlers.system_bash({ taskId, command: 'id' }, signal),
    () => handlers.extension_ui_response({ taskId, id: 'q1', answer: { confirmed: true } }, signal),
  ];
  for (const call of calls) {
    await expect(call()).rejects.toMatchObject({ code: 'TASK_NOT_FOUND' });
  }
});

test('no command runs beside a task that is stopped', async () => {
  const { handlers } = serveTasks(new FakePi());
  await handlers.create_or_open_task({ taskId, hasWorkingFolder: false, piConfig }, signal);
  await handlers.stop_task({ taskId }, signal);
  await expect(handlers.system_bash({ taskId, command: 'id' }, signal)).rejects.toMatchObject({
    code: 'TASK_NOT_READY',
  });
});

test('commands marked as not built answer NOT_SUPPORTED, and no others do', async () => {
  const { handlers } = serveTasks(new FakePi());
  const params = {
    taskId,
    protocol: taskdProtocol,
    challenge: '0'.repeat(64),
    proof: '0'.repeat(64),
    piConfig,
    pid: 1,
  };
  const refused: string[] = [];
  for (const name of Object.keys(taskdApi.methods)) {
    const call = handlers[name as keyof typeof handlers] as (given: unknown, signal: AbortSignal) => Promise<unknown>;
    const code = await call(params, signal).then(
      () => null,
      (error: unknown) => (error as { code?: string }).code,
    );
    if (code === 'NOT_SUPPORTED') refused.push(name);
  }
  expect(refused.sort()).toEqual([...commandsNotBuilt].sort());
});
