import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { descendantsOf } from './process-tree';
import { startVtcode } from './vtcode-process';

test('finds all processes below one, and no others', () => {
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

/** A killed process remains for a while until it is reaped, but no longer runs. */
async function hasEnded(pid: number): Promise<void> {
  const stat = (): string => (existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, 'utf8') : ') Z');
  while (!/\) [ZX]/.test(stat())) await new Promise((resolve) => setImmediate(resolve));
}

test('also ends a command in its own session', async () => {
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
  await hasEnded(child);
  await rm(folder, { recursive: true });
});

test('reports a missing program as ended', async () => {
  const started = startVtcode({ program: '/no/such/vtcode', words: [], cwd: '/', env: {} });
  expect(await started.exited).toContain('ENOENT');
  started.kill();
});
