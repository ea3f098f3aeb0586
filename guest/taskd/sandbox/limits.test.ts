import { limitSentences, limitsOf, noHits, sharedMemory } from './limits';

const gigabyte = 1_073_741_824;

test('one task gets most of the memory, all together leave some for the guest', () => {
  const total = 2 * gigabyte;
  expect(sharedMemory(total)).toBeLessThan(total - 256 * 1_048_576);
  expect(limitsOf(total).memoryBytes).toBeLessThan(sharedMemory(total));
  expect(limitsOf(total).memoryBytes).toBeGreaterThan(total / 2);
});

test('each limit that was hit since has one sentence', () => {
  const limits = { memoryBytes: 1.25 * gigabyte, processes: 1000, cpuWeight: 100 };
  expect(limitSentences(noHits, noHits, limits)).toEqual([]);
  const hits = { memory: 3, sharedMemory: 2, processes: 7 };
  expect(limitSentences(hits, hits, limits)).toEqual([]);
  expect(limitSentences(hits, { ...hits, sharedMemory: 3 }, limits)).toEqual([
    "A program was ended because all tasks together had used up the workspace's memory.",
  ]);
  expect(limitSentences(noHits, { memory: 1, sharedMemory: 0, processes: 500 }, limits)).toEqual([
    'A program used more memory than a task may have (1.3 GB), so it was ended.',
    "This task reached its limit of 1,000 processes. It couldn't start more.",
  ]);
});
