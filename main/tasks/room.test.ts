import { makeRoom, type Guest } from './room';

interface Fake extends Guest {
  hasAgent: boolean;
  isResting: boolean;
}

function houseOf(count: number) {
  const ended: string[] = [];
  const tasks = Array.from({ length: count }, (_, index): Fake => {
    const task: Fake = {
      taskId: `t${index}`,
      hasAgent: true,
      isResting: true,
      usedAt: index,
      endAgent: () => {
        ended.push(task.taskId);
        task.hasAgent = false;
        return Promise.resolve();
      },
    };
    return task;
  });
  const waiting: Array<() => void> = [];
  const changed = (): Promise<void> => new Promise((resolve) => waiting.push(resolve));
  const tell = async (): Promise<void> => {
    for (const wake of waiting.splice(0)) wake();
    await new Promise((resolve) => setImmediate(resolve));
  };
  const enter = (assertWanted: () => void = () => undefined): Promise<void> =>
    makeRoom('new', { tasks: () => tasks, changed, most: 3 }, assertWanted);
  return { tasks, ended, tell, enter };
}

test('ends nothing while there is room', async () => {
  const { ended, enter } = houseOf(2);
  await enter();
  expect(ended).toEqual([]);
});

test('ends the resting agents that were not used for longest, as many as needed', async () => {
  const { tasks, ended, enter } = houseOf(5);
  if (tasks[1]) tasks[1].isResting = false;
  await enter();
  expect(ended).toEqual(['t0', 't2', 't3']);
});

test('waits while all agents work, and takes the place of the first that rests', async () => {
  const { tasks, ended, tell, enter } = houseOf(3);
  for (const task of tasks) task.isResting = false;
  let isIn = false;
  const entering = enter().then(() => (isIn = true));
  await tell();
  expect([isIn, ended]).toEqual([false, []]);
  if (tasks[2]) tasks[2].isResting = true;
  await tell();
  await entering;
  expect(ended).toEqual(['t2']);
});

test('stops waiting when it is no longer wanted', async () => {
  const { tasks, tell, enter } = houseOf(3);
  for (const task of tasks) task.isResting = false;
  let isWanted = true;
  const entering = enter(() => {
    if (!isWanted) throw new Error('stopped');
  });
  const stopped = expect(entering).rejects.toThrow('stopped');
  isWanted = false;
  await tell();
  await stopped;
});
