/** Over a worker controlled by the test: it listens, and ends when asked to withdraw. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFilesHost } from './files-host';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'piwork-files-'))));
afterEach(() => rmSync(folder, { recursive: true }));

async function start(script: string) {
  const workerFile = join(folder, 'worker.cjs');
  writeFileSync(workerFile, `const { parentPort } = require('node:worker_threads');\n${script}`);
  const logged: string[] = [];
  const host = createFilesHost({ workerFile, socket: 'unused', log: (line) => logged.push(line) });
  await host.start();
  return { host, logged };
}

const answering = `parentPort.on('message', ({ id, type }) => {
  if (type === 'files.withdraw') process.exit(1);
  parentPort.postMessage({ id, ok: true, result: type === 'turn.begin' ? { turn: 1 } : {} });
});`;

test('a worker that ends is reported, and another replaces it', async () => {
  const { host } = await start(answering);
  const lost = new Promise<void>((resolve) => host.lost.add(() => resolve()));
  await expect(host.client['files.withdraw']({ taskId: 'task-1' })).rejects.toThrow();
  await lost;
  expect(await host.client['turn.end']({ taskId: 'task-1' })).toEqual({});
  await host.stop();
});

test('a replacement worker learns all tasks before anything else', async () => {
  const { host, logged } = await start(`parentPort.on('message', ({ type, payload }) => {
      if (type === 'files.withdraw') return;
      const line = [type, payload.places?.folder ?? payload.taskId].filter(Boolean).join(' ');
      parentPort.postMessage({ type: 'event', event: 'files.log', seq: 0, timestamp: 0, payload: { line } });
    });
    ${answering}`);
  const places = { session: '', outputs: '', uploads: '', journal: '', overlay: null };
  host.tasks.open({ taskId: 'task-1', folder: '/before', ...places });
  host.tasks.open({ taskId: 'task-1', folder: '/a', ...places });
  host.tasks.open({ taskId: 'task-2', folder: '/b', ...places });
  await host.tasks.close('task-2');
  const lost = new Promise<void>((resolve) => host.lost.add(() => resolve()));
  await host.client['files.withdraw']({ taskId: 'task-9' }).catch(() => undefined);
  await lost;
  await host.client['turn.end']({ taskId: 'task-1' });
  expect(logged).toEqual([
    ...['files.listen', 'task.open /before', 'task.open /a', 'task.open /b', 'task.close task-2'],
    ...['task.open /a', 'files.listen', 'turn.end task-1'],
  ]);
  await host.stop();
});

test("a stopped worker isn't restarted, and calls say so", async () => {
  const { host } = await start(answering);
  let isLost = false;
  host.lost.add(() => (isLost = true));
  await host.stop();
  expect(isLost).toBe(false);
  await expect(host.client['turn.end']({ taskId: 'task-1' })).rejects.toThrow();
});

test("a worker that can't listen isn't a file server", async () => {
  await expect(start(`parentPort.on('message', () => process.exit(1));`)).rejects.toThrow();
});

test('a worker that dies immediately, again and again, is no longer restarted', async () => {
  const { host, logged } = await start(answering);
  for (let life = 0; life < 5; life++) {
    const lost = new Promise<void>((resolve) => host.lost.add(() => resolve()));
    await host.client['files.withdraw']({ taskId: 'task-1' }).catch(() => undefined);
    if (host.isRunning || life < 3) await lost;
  }
  expect(host.isRunning).toBe(false);
  expect(logged).toContain("the file server keeps stopping; it isn't started again");
  await expect(host.client['turn.end']({ taskId: 'task-1' })).rejects.toThrow(
    'The part of Piwork that serves files stopped',
  );
  await host.stop();
});
