/** A whole host with the real file and gateway workers, and a VM worker controlled by the test. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { appApi, type AppApi } from '../../schema/app-api';
import type { ContractEvent } from '../../schema/rpc';
import { connect, type Connection } from '../../schema/rpc-client';
import { memoryPair } from '../../schema/transports/memory';
import { openFileKeyStore } from '../providers/file-key-store';
import { connectLocally } from '../running-host/local-client';
import type { Host } from './host';
import { HostTakenError, startHost } from './start-host';

const root = join(__dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'piwork-host-'));
const workers = join(folder, 'workers');

/** Fails each start with the reason that it finds in a file. */
const playedVm = `const { parentPort } = require('node:worker_threads');
let seq = 0;
parentPort.on('message', ({ id, type }) => {
  const failure = { reason: 'qemu_missing', message: 'There is no QEMU.', logTail: [] };
  const payload = type === 'vm.start' ? { kind: 'failed', failure } : { kind: 'stopped' };
  parentPort.postMessage({ type: 'event', event: 'vm.state', seq: seq++, timestamp: 0, payload });
  if (type === 'vm.start')
    parentPort.postMessage({ id, ok: false, error: { code: 'VM_FAILED', message: 'There is no QEMU.', retryable: false } });
  else parentPort.postMessage({ id, ok: true, result: {} });
});`;

const deathWish = 'task-000000000000';

/** Runs before the real file server: reports its configuration, and dies when asked to. */
const unsteadyFiles = `require('node:worker_threads').parentPort.on('message', ({ type, payload }) => {
  const line = 'keeps files up to ' + payload.keepUpToBytes;
  const event = { type: 'event', event: 'files.log', seq: 0, timestamp: 0, payload: { line } };
  if (type === 'files.configure') require('node:worker_threads').parentPort.postMessage(event);
  if (type === 'turn.cancel' && payload.taskId === '${deathWish}') process.exit(1);
});`;

beforeAll(async () => {
  const entryPoints = {
    'files-worker': join(root, 'files/worker.ts'),
    'gateway-worker': join(root, 'gateway/worker.ts'),
  };
  const format = { platform: 'node', format: 'cjs', outExtension: { '.js': '.cjs' } } as const;
  await build({
    entryPoints,
    bundle: true,
    outdir: workers,
    logLevel: 'error',
    banner: { js: unsteadyFiles },
    ...format,
  });
  writeFileSync(join(workers, 'vm-worker.cjs'), playedVm);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let stateRoot: string;
let host: Host;
const start = (): Promise<Host> =>
  startHost({
    ...{ stateRoot, cacheRoot: join(folder, 'cache'), packFolder: join(folder, 'pack'), workers, version: '1.2.3' },
    openKeys: openFileKeyStore,
  });

function openShell(of = host): Connection<AppApi> & { events: ContractEvent<AppApi>[] } {
  const [near, far] = memoryPair();
  of.accept(far, 'browser');
  const connection = connect(appApi, near);
  const events: ContractEvent<AppApi>[] = [];
  connection.onEvent((event) => events.push(event));
  return { ...connection, events };
}

beforeEach(async () => {
  stateRoot = mkdtempSync(join(folder, 'state-'));
  host = await start();
});
afterEach(() => host.dispose());

test('every shell begins with the same state and receives every change', async () => {
  const [one, other] = [openShell(), openShell()];
  const before = await one.client['app.snapshot']({});
  expect(before).toMatchObject({ tasks: [], vm: { kind: 'stopped' }, app: { version: '1.2.3', shell: 'browser' } });
  const { taskId } = await one.client['task.create']({ folder: null });
  await one.client['settings.update']({ asksBeforeChange: true });
  await one.client['task.remove']({ taskId });
  const heard = ['task.changed', 'settings.changed', 'task.removed'];
  for (const { events } of [one, other]) expect(events.map(({ event }) => event)).toEqual(heard);
  expect(other.events.at(-1)).toMatchObject({ payload: { taskId } });
});

test("a VM that can't start fails the prompt with its reason, in every shell", async () => {
  const { client, events } = openShell();
  const { taskId } = await client['task.create']({ folder: null });
  const settled = new Promise((resolve) =>
    host.services.tasks.settled.add(() => setImmediate(() => resolve(undefined))),
  );
  await client['task.prompt']({ taskId, message: 'Hello', promptId: 'p-1' });
  await settled;
  const told = events.filter(({ event }) => event === 'task.settled' || event === 'vm.changed');
  expect(told).toMatchObject([
    { event: 'vm.changed', payload: { kind: 'failed' } },
    { event: 'task.settled', payload: { taskId, problem: 'There is no QEMU.' } },
  ]);
});

test('a file server that dies is replaced by one with the same settings, which serves again', async () => {
  const { client } = openShell();
  const { taskId } = await client['task.create']({ folder: null });
  await client['settings.update']({ keepUpToMb: 5 });
  const configured = new Promise<void>((resolve) =>
    host.services.files.began.add(() =>
      host.services.files.on('files.log', ({ line }) => {
        if (line === `keeps files up to ${5 * 1024 ** 2}`) resolve();
      }),
    ),
  );
  await expect(host.services.files.client['turn.cancel']({ taskId: deathWish })).rejects.toThrow();
  await configured;
  expect((await client['turn.list']({ taskId })).turns).toEqual([]);
});

test('what the file server reports about a turn reaches a shell with its counts', async () => {
  const { client, events } = openShell();
  const { taskId } = await client['task.create']({ folder: null });
  const { files } = host.services;
  const summary = {
    ...({ turn: 3, kind: 'agent', promptId: 'p-1', at: 5, state: 'open', isPruned: false } as const),
    of: [],
    counts: { created: 2, changed: 0, renamed: 0, deleted: 0, mode: 0, times: 0 },
  };
  files.events.emit({ event: 'turn.changed', seq: 0, timestamp: 0, payload: { taskId, turn: 3, summary } });
  await new Promise((resolve) => setImmediate(resolve));
  expect(events.at(-1)).toMatchObject({ event: 'turn.changed', payload: { taskId, turn: 3, summary } });
});

test('terminals of the same user reach the host, and only while it runs', async () => {
  let hasQuit = false;
  await host.listen({ quit: () => (hasQuit = true), pageAddress: () => 'http://127.0.0.1:1/#token=x' });
  const { socket } = JSON.parse(readFileSync(join(stateRoot, 'host.json'), 'utf8')) as { socket: string };
  const terminal = await connectLocally(socket);
  expect(await terminal.client['app.page_address']({})).toEqual({ url: 'http://127.0.0.1:1/#token=x' });
  await terminal.client['app.quit']({});
  await new Promise((resolve) => setImmediate(resolve));
  expect(hasQuit).toBe(true);
  terminal.dispose();
  await host.dispose();
  await expect(connectLocally(socket)).rejects.toThrow();
});

test('a second host learns about the first, and may start after it', async () => {
  await expect(start()).rejects.toThrow(HostTakenError);
  await host.dispose();
  host = await start();
});

test("a host whose file server can't start leaves nothing behind", async () => {
  await host.dispose();
  const broken = join(folder, 'broken');
  await build({
    stdin: { contents: 'throw new Error("broken on purpose")' },
    outfile: join(broken, 'files-worker.cjs'),
  });
  const options = { ...host.services.options, workers: broken };
  await expect(startHost(options)).rejects.toMatchObject({
    details: { reason: expect.stringContaining('broken on purpose') as string },
  });
  expect(existsSync(join(stateRoot, 'host.json'))).toBe(false);
});

test('after dispose, no thread, timer, socket or file of the run is left', async () => {
  await host.dispose();
  // File system requests come and go by themselves.
  const held = (): string[] =>
    process
      .getActiveResourcesInfo()
      .filter((name) => !name.startsWith('FSReq'))
      .sort();
  const before = held();
  host = await start();
  await host.listen({});
  const { client } = openShell();
  const { taskId } = await client['task.create']({ folder: null });
  await client['task.prompt']({ taskId, message: 'Hello', promptId: 'p-1' });
  const { runFolder } = host;
  expect(existsSync(runFolder)).toBe(true);
  await host.dispose();
  expect(existsSync(runFolder)).toBe(false);
  expect(existsSync(join(stateRoot, 'host.json'))).toBe(false);
  // Handles close within a few turns of the event loop.
  for (let turn = 0; turn < 100 && held().join() !== before.join(); turn++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(held()).toEqual(before);
});
