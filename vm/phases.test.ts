import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VmPhase } from '../schema/vm-api';
import { PhaseHistoryFile } from './phase-history';
import { beginPhase, bootTimeoutMs, endPhases, expectedMs, withPhases } from './phases';

test.each([
  [undefined, undefined],
  [[], undefined],
  [[300], 300],
  [[300, 100], 300],
  [[900, 100, 300], 300],
])('the expected time of a phase is its median: %j', (durations, expected) => {
  expect(expectedMs(durations ? { resuming: durations } : {}, 'resuming')).toBe(expected);
});

test('a phase that begins ends the previous one', () => {
  const first = beginPhase([], 'starting_qemu', 1_000, {});
  const second = beginPhase(first, 'resuming', 1_200, { resuming: [250] });
  expect(first).toEqual([{ name: 'starting_qemu', startedAt: 1_000 }]);
  expect(second).toEqual([
    { name: 'starting_qemu', startedAt: 1_000, durationMs: 200 },
    { name: 'resuming', startedAt: 1_200, expectedMs: 250 },
  ]);
  expect(endPhases(second, 1_300).map(({ durationMs }) => durationMs)).toEqual([200, 100]);
});

test('a history keeps the newest times of finished phases', () => {
  const phases: VmPhase[] = [
    { name: 'resuming', startedAt: 0, durationMs: 7 },
    { name: 'connecting', startedAt: 7 },
  ];
  const before = { resuming: Array.from({ length: 20 }, (_, index) => index), parking: [1] };
  expect(withPhases(before, phases)).toEqual({ resuming: [...before.resuming.slice(1), 7], parking: [1] });
});

test('the time-out of a boot depends on earlier times, with a minimum', () => {
  const floor = bootTimeoutMs({}, 'resume');
  expect(floor).toBeGreaterThanOrEqual(30_000);
  expect(bootTimeoutMs({ resuming: [100] }, 'resume')).toBe(floor);
  expect(bootTimeoutMs({ resuming: [floor], connecting: [1_000] }, 'resume')).toBe((floor + 1_000) * 4);
  expect(bootTimeoutMs({ parking: [1_000_000] }, 'resume')).toBe(floor);
  expect(bootTimeoutMs({ parking: [1_000_000] }, 'build')).toBe(4_000_000);
});

describe('the file of a history', () => {
  let folder = '';
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'piwork-phases-'))));
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('is read by the next start', async () => {
    const path = join(folder, 'cache', 'phases.json');
    const history = new PhaseHistoryFile(path);
    await history.load();
    await history.keep([{ name: 'resuming', startedAt: 0, durationMs: 7 }]);
    const next = new PhaseHistoryFile(path);
    await next.load();
    expect(next.current).toEqual({ resuming: [7] });
  });

  test.each(['', '{"resuming":[1,', '{"resuming":["a"]}', '{"unknown":[1]}'])(
    "counts as empty when it can't be read: %j",
    async (text) => {
      const path = join(folder, 'phases.json');
      await writeFile(path, text);
      const history = new PhaseHistoryFile(path);
      await history.load();
      expect(history.current).toEqual({});
      await history.keep([]);
      expect(await readFile(path, 'utf8')).toBe('{}');
    },
  );
});
