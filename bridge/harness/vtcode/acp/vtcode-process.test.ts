import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { descendantsOf } from './process-tree';
import { startVtcode } from './vtcode-process';

test('all below a process are found, and nobody else', () => {
  const pairs = [
    [1, 0],
    [5, 1],
    [6, 5],
    [7, 6],
    [8, 1],
    [9, 5],
  ].map(([pid = 0, parent = 0]) => ({ pid, parent }));
  expect([...descendantsOf(5, pairs)].sort()).toEqual([6, 7, 9]);
});

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test('a command in a session of its own ends as well', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'piwork-tree-'));
  const script =
    "const { spawn } = require('node:child_process');" +
    "const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });" +
    'process.stdout.write(String(child.pid)); setInterval(() => undefined, 1000);';
  const started = startVtcode({ program: process.execPath, words: ['-e', script], cwd: folder, env: process.env });
  const child = Number(
    await new Promise((resolve) => started.onData((chunk) => resolve(Buffer.from(chunk).toString()))),
  );
  expect(isAlive(child)).toBe(true);
  started.kill();
  expect(await started.exited).toContain('SIGKILL');
  // A killed process stays a while until it is collected; it runs no more.
  const stat = existsSync(`/proc/${child}/stat`)
    ? (await import('node:fs')).readFileSync(`/proc/${child}/stat`, 'utf8')
    : ') Z';
  expect(stat).toMatch(/\) [ZX]/);
  await rm(folder, { recursive: true });
});

test('a program that is not there is told as its end', async () => {
  const started = startVtcode({ program: '/no/such/vtcode', words: [], cwd: '/', env: {} });
  expect(await started.exited).toContain('ENOENT');
  started.kill();
});
