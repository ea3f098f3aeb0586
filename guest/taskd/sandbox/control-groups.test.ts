/** What is written to the kernel's files, with a folder in their place. The walls spec shows that the limits hold. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

test('a program starts only when it is in the group and unprotected, as the user of the agent', () => {
  const { file, words, owner } = groups.launch('1', ['bwrap', '--x', 'a b'], { uid: 7, gid: 8 });
  expect([file, owner]).toEqual(['/bin/sh', {}]);
  const [, enter = '', ...rest] = words;
  expect(rest).toEqual([
    at('root', 'slots', '1'),
    '500',
    '--reuid=7',
    '--regid=8',
    '--clear-groups',
    '--',
    'bwrap',
    '--x',
    'a b',
  ]);
  // What it runs here: the same line, with a program that prints what setpriv would get.
  const printed = enter.replace('/proc/self', at('self')).replace('exec setpriv', "exec printf '%s\\n'");
  const lines = execFileSync(file, ['-c', printed, ...rest], { encoding: 'utf8' })
    .trimEnd()
    .split('\n');
  expect(lines).toEqual(['--reuid=7', '--regid=8', '--clear-groups', '--', 'bwrap', '--x', 'a b']);
  expect([written('root', 'slots', '1', 'cgroup.procs'), written('self', 'oom_score_adj')]).toEqual(['0\n', '500\n']);
  rmSync(at('root', 'slots', '1'), { recursive: true });
  expect(() => execFileSync(file, ['-c', printed, ...rest], { stdio: 'pipe' })).toThrow();
});

test('hits are counted from what the kernel says', () => {
  writeFileSync(
    at('root', 'slots', '1', 'memory.events'),
    'low 0\nhigh 0\nmax 9\noom 2\noom_kill 2\noom_group_kill 0\n',
  );
  writeFileSync(at('root', 'slots', '1', 'pids.events'), 'max 31\n');
  expect(groups.hits('1')).toEqual({ memory: 2, sharedMemory: 0, processes: 31 });
  writeFileSync(at('root', 'slots', '1', 'memory.events'), 'oom 0\noom_kill 2\n');
  expect(groups.hits('1')).toEqual({ memory: 0, sharedMemory: 2, processes: 31 });
});
