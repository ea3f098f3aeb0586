import { OpeningQueue } from './opening-queue';
import { failsWith, gate, type Gate } from './test/task-stage';

function openQueue(width = 2) {
  const ahead = new Map<string, number | null>();
  const started: string[] = [];
  const gates = new Map<string, Gate>();
  const queue = new OpeningQueue((taskId, count) => void ahead.set(taskId, count), width);
  const open = (taskId: string): Promise<string> =>
    queue.run(taskId, async () => {
      started.push(taskId);
      const opening = gate();
      gates.set(taskId, opening);
      await opening.passed;
      return taskId;
    });
  const finish = async (taskId: string): Promise<void> => {
    gates.get(taskId)?.open();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { queue, ahead, started, open, finish };
}

test('opens two at a time, the others in the order in which they asked', async () => {
  const { ahead, started, open, finish } = openQueue();
  const all = ['a', 'b', 'c', 'd'].map(open);
  expect(started).toEqual(['a', 'b']);
  expect(Object.fromEntries(ahead)).toEqual({ c: 2, d: 3 });
  await finish('b');
  expect(started).toEqual(['a', 'b', 'c']);
  expect(Object.fromEntries(ahead)).toEqual({ c: null, d: 2 });
  await finish('a');
  await finish('c');
  await finish('d');
  expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd']);
  expect(ahead.get('d')).toBeNull();
});

test('gives the place of one that fails to the next', async () => {
  const { queue, started, open, finish } = openQueue(1);
  const failed = expect(queue.run('x', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  const next = open('a');
  await failed;
  await finish('a');
  expect(await next).toBe('a');
  expect(started).toEqual(['a']);
});

test('a cancelled one leaves the queue, and the others move up', async () => {
  const { queue, ahead, started, open, finish } = openQueue(1);
  const [a, b, c] = ['a', 'b', 'c'].map(open);
  const cancelled = expect(b).rejects.toEqual(failsWith('CANCELLED'));
  queue.cancel('b');
  await cancelled;
  expect(Object.fromEntries(ahead)).toEqual({ b: null, c: 1 });
  queue.cancel('a');
  await finish('a');
  await finish('c');
  expect(await Promise.all([a, c])).toEqual(['a', 'c']);
  expect(started).toEqual(['a', 'c']);
});

test('never opens more than its width, in any order of ends and cancels', async () => {
  let seed = 7;
  const random = (below: number): number => (seed = (seed * 16_807) % 2_147_483_647) % below;
  let running = 0;
  let most = 0;
  const queue = new OpeningQueue(() => undefined, 3);
  const openings = Array.from({ length: 300 }, (_, index) =>
    queue.run(String(index), async () => {
      most = Math.max(most, ++running);
      for (let turns = random(4); turns > 0; turns--) await Promise.resolve();
      running--;
      if (random(5) === 0) throw new Error('failed');
    }),
  );
  for (let count = 0; count < 60; count++) queue.cancel(String(random(300)));
  await Promise.allSettled(openings);
  expect([running, most]).toEqual([0, 3]);
  expect(await queue.run('last', () => Promise.resolve('opened'))).toBe('opened');
});
