/** What is written to the kernel's files, with a folder in their place. The walls spec shows that the limits hold. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ControlGroups } from './control-groups';

let folder: string;
let groups: ControlGroups;
const at = (...names: string[]): string => join(folder, ...names);
const written = (...names: string[]): string => readFileSync(at(...names), 'utf8');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'piwork-groups-'));
  for (const name of ['root', 'self']) mkdirSync(at(name));
  groups = new ControlGroups(at('root'), at('self'));
  groups.prepare(1000);
  groups.make('1', { memoryBytes: 500, processes: 20, cpuWeight: 100 });
});
afterEach(() => rmSync(folder, { recursive: true }));

test('taskd is protected, and a slot has its limits', () => {
  expect(written('self', 'oom_score_adj')).toBe('-1000');
  expect(written('root', 'slots', 'memory.max')).toBe('1000');
  const limits = ['memory.max', 'pids.max', 'cpu.weight'].map((name) => written('root', 'slots', '1', name));
  expect(limits).toEqual(['500', '20', '100']);
  groups.weigh('1', 10);
  expect(written('root', 'slots', '1', 'cpu.weight')).toBe('10');
});

test('a process is started in the group, unprotected, and taskd is back at once, also when it fails', () => {
  const seen = groups.start('1', () => [
    existsSync(at('root', 'slots', '1', 'cgroup.procs')),
    written('self', 'oom_score_adj'),
  ]);
  expect(seen).toEqual([true, '500']);
  const back = (): string[] => [written('root', 'cgroup.procs'), written('self', 'oom_score_adj')];
  expect(back()).toEqual(['0', '-1000']);
  writeFileSync(at('root', 'cgroup.procs'), '');
  expect(() =>
    groups.start('1', () => {
      throw new Error('no such program');
    }),
  ).toThrow('no such program');
  expect(back()).toEqual(['0', '-1000']);
});

test('hits are counted from what the kernel says', () => {
  writeFileSync(
    at('root', 'slots', '1', 'memory.events'),
    'low 0\nhigh 0\nmax 9\noom 2\noom_kill 2\noom_group_kill 0\n',
  );
  writeFileSync(at('root', 'slots', '1', 'pids.events'), 'max 31\n');
  expect(groups.hits('1')).toEqual({ memory: 2, processes: 31 });
});
