import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TaskService } from './task-service';
import { TaskStore } from './task-store';
import { FakeTaskd } from './test/fake-taskd';
import { failsWith, gate, idleFiles, makeService, piConfig, state, useStateFolder } from './test/task-stage';

useStateFolder();

describe('simultaneous changes', () => {
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

  test("don't lose a prompt sent while the last run's figures are written", async () => {
    const { service, taskId, event, summary, running } = await makeService();
    await service.prompt(taskId, 'one', 'p1');
    await running();
    await event('agent_settled', { promptId: 'p1', isAborted: false });
    const figures = { input: 1, output: 2, cacheRead: 0, cacheWrite: 0, cost: 0, contextTokens: 1, contextWindow: 2 };
    await Promise.all([event('usage', figures), service.prompt(taskId, 'two', 'p2')]);
    expect(summary().promptInFlight).toBe('p2');
  });

  test('share one opening', async () => {
    const { service, taskd, taskId } = await makeService();
    expect(await Promise.all([service.open(taskId), service.open(taskId)])).toEqual(['created', 'created']);
    expect(taskd.types).toEqual(['create_or_open_task']);
  });
});

test('a seventh agent takes the place of the one that rested longest', async () => {
  const { service, taskd, taskId, running } = await makeService();
  await service.prompt(taskId, 'one', 'p1');
  await running();
  const others: string[] = [];
  for (let count = 0; count < 6; count++) {
    const other = await service.create({ title: 'More', folder: null, model: 'tour/tour' });
    others.push(other);
    await service.open(other);
  }
  const stopped = taskd.calls.filter(({ type }) => type === 'stop_task').map(({ payload }) => payload);
  expect(stopped).toEqual([{ taskId: others[0] }]);
  expect(await service.open(others[0] ?? '')).toBe('created');
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

  test('during a run settles the run, and late events change nothing', async () => {
    const { service, taskId, event, settled, running } = await makeService();
    const changed: string[] = [];
    await service.prompt(taskId, 'Sort', 'p1');
    await running();
    await service.remove(taskId);
    service.changed.add((task) => changed.push(task.taskId));
    await event('agent_settled', { promptId: 'p1', isAborted: false });
    await service.onVmGone('Lost.');
    expect(settled).toEqual([{ taskId, promptId: 'p1', ending: 'stopped', isAborted: true, problem: null }]);
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

  test('while it is being opened ends the process that arrives late', async () => {
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

  test("leaves it on the list when it can't be moved", async () => {
    const { service, taskId } = await makeService();
    await rm(state.removed, { recursive: true });
    await writeFile(state.removed, 'in the way');
    await expect(service.remove(taskId)).rejects.toThrow();
    expect(service.summaries).toHaveLength(1);
  });
});

test('an event of an unknown task is ignored', async () => {
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

test('the conversation is stored after a run and read by the next host', async () => {
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
