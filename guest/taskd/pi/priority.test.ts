import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atLowPriority, raisePriority } from './priority';

test('raises every thread of a process and of what it started, and their sessions', async () => {
  const proc = await mkdtemp(join(tmpdir(), 'piwork-proc-'));
  const thread = async (pid: number, id: number, children: string): Promise<void> => {
    await mkdir(join(proc, String(pid), 'task', String(id)), { recursive: true });
    await writeFile(join(proc, String(pid), 'task', String(id), 'children'), children);
    await writeFile(join(proc, String(pid), 'autogroup'), '10');
  };
  await thread(5, 5, '6 ');
  await thread(6, 6, '');
  await thread(6, 7, '8 ');
  await thread(8, 8, '');
  await thread(9, 9, '');
  const raised: number[] = [];
  await raisePriority(5, {
    proc,
    setPriority: (id, priority) => {
      expect(priority).toBe(0);
      // A thread that has ended doesn't keep the others low.
      if (id === 6) throw new Error('no such process');
      raised.push(id);
    },
  });
  expect(raised.sort()).toEqual([5, 7, 8]);
  const session = (pid: number): Promise<string> => readFile(join(proc, String(pid), 'autogroup'), 'utf8');
  expect(await Promise.all([5, 6, 8, 9].map(session))).toEqual(['0', '0', '0', '10']);
  await rm(proc, { recursive: true });
});

const onLinux = process.platform === 'linux' && process.getuid?.() === 0 ? test : test.skip;

onLinux('a program starts low with all its threads, and rises with what it started', async () => {
  const words = [process.execPath, '-e', "process.stdin.resume(); console.log('up')"];
  const [program = '', ...more] = [...atLowPriority('/bin/sh'), '-c', '"$@" & wait', 'sh', ...words];
  const child = spawn(program, more, { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
  const { pid = -1 } = child;
  try {
    // `sh` gives what it starts in the background no standard input of ours, so it ends with the group below.
    await once(child.stdout, 'data');
    const [node] = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).split(' ');
    const priorities = async (): Promise<string[]> => {
      const lines = await Promise.all(
        [String(pid), node ?? ''].map(async (one) => readFile(`/proc/${one}/stat`, 'utf8')),
      );
      return lines.map((line) => line.slice(line.lastIndexOf(')') + 2).split(' ')[16] ?? '');
    };
    expect(await priorities()).toEqual(['10', '10']);
    await raisePriority(pid);
    expect(await priorities()).toEqual(['0', '0']);
  } finally {
    process.kill(-pid, 'SIGKILL');
  }
});
