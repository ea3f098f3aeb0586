import { RpcError } from '../../schema/errors';
import { FakeTaskd } from './test/fake-taskd';
import { extensions, failsWith, gate, makeService, piConfig, useStateFolder } from './test/task-stage';

useStateFolder();

describe('the folder of a task', () => {
  test('is checked before anything is created', async () => {
    const { service } = await makeService();
    await expect(service.create({ title: 'x', folder: '/missing', model: 'tour/tour' })).rejects.toEqual(
      failsWith('WORKSPACE_POLICY_VIOLATION'),
    );
    expect(service.summaries).toHaveLength(1);
  });

  test('is bound once, and the next process sees it', async () => {
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

  test('is one of two that are bound at the same time', async () => {
    const { service, taskId } = await makeService();
    const both = await Promise.allSettled([service.bindFolder(taskId, '/a'), service.bindFolder(taskId, '/b')]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  });

  test("that is bound while the task is opened isn't missed", async () => {
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

  test("can't be bound while the agent works", async () => {
    const { service, taskId, running } = await makeService();
    await service.prompt(taskId, 'Sort', 'p1');
    await running();
    await expect(service.bindFolder(taskId, '/docs')).rejects.toEqual(failsWith('TASK_NOT_READY'));
  });
});

test('other extensions apply from the next prompt, with a new agent in the same session', async () => {
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

describe('several tasks at once', () => {
  async function severalTasks() {
    const gates = new Map<string, () => void>();
    const taskd = new FakeTaskd({
      create_or_open_task: async ({ taskId }) => {
        const opening = gate();
        gates.set(taskId, () => opening.open());
        await opening.passed;
        return { taskId, state: 'ready', mode: 'created' };
      },
    });
    const made = await makeService(taskd);
    const more = await Promise.all(
      ['b', 'c', 'd'].map((title) => made.service.create({ title, folder: null, model: 'tour/tour' })),
    );
    const taskIds = [made.taskId, ...more] as [string, string, string, string];
    const ahead = () =>
      taskIds.map((id) => made.service.summaries.find(({ taskId }) => taskId === id)?.openingAhead ?? null);
    const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));
    return { ...made, taskIds, gates, ahead, turn };
  }

  test('open two at a time, and say how many go first', async () => {
    const { service, taskIds, gates, ahead, turn } = await severalTasks();
    const opened = Promise.all(taskIds.map((taskId) => service.open(taskId)));
    await turn();
    expect([...gates.keys()]).toHaveLength(2);
    expect(ahead().filter((count) => count !== null)).toEqual([2, 3]);
    for (let round = 0; round < 4; round++) {
      for (const open of gates.values()) open();
      await turn();
    }
    await opened;
    expect(ahead()).toEqual([null, null, null, null]);
  });

  test('one that waits can be stopped, and asks nothing of the guest', async () => {
    const { service, taskIds, gates, ahead, turn, taskd } = await severalTasks();
    const [first, second, third] = taskIds;
    const others = [service.open(first), service.open(second)];
    await turn();
    await service.prompt(third, 'Sort', 'p-1');
    await turn();
    expect(ahead()[2]).toBe(2);
    await service.stop(third);
    await turn();
    expect(service.summaries.find(({ taskId }) => taskId === third)).toMatchObject({
      activity: 'stopped',
      openingAhead: null,
    });
    for (const open of gates.values()) open();
    await Promise.all(others);
    expect(taskd.types).toEqual(['create_or_open_task', 'create_or_open_task']);
  });

  test('one whose agent is there does not wait', async () => {
    const { service, taskIds, gates, turn, taskd } = await severalTasks();
    const [first, second, third] = taskIds;
    const opened = service.open(first);
    await turn();
    gates.get(first)?.();
    await opened;
    const others = [service.open(second), service.open(third)];
    await turn();
    const again = service.open(first);
    await turn();
    gates.get(first)?.();
    await again;
    expect(taskd.types).toHaveLength(4);
    for (const open of gates.values()) open();
    await Promise.all(others);
  });

  test('one that is late is ended in the guest', async () => {
    const taskd = new FakeTaskd({
      create_or_open_task: () => Promise.reject(new RpcError('DEADLINE_EXCEEDED', 'There was no answer in time.')),
    });
    const { service, taskId } = await makeService(taskd);
    await expect(service.open(taskId)).rejects.toEqual(failsWith('DEADLINE_EXCEEDED'));
    expect(taskd.types).toEqual(['create_or_open_task', 'stop_task']);
  });
});
