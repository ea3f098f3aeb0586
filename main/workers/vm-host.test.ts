/** Over a worker controlled by the test: each start links a guest that answers some of taskd's commands. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ContractEvent } from '../../schema/rpc';
import type { TaskdApi } from '../../schema/taskd-api';
import type { VmStatus, VmWorkerConfig } from '../../schema/vm-api';
import { VmHost } from './vm-host';

const script = `
const { MessageChannel, parentPort, workerData } = require('node:worker_threads');
const emit = (event, payload) => parentPort.postMessage(
  { type: 'event', event, seq: 0, timestamp: 1, payload },
  event === 'guest.linked' ? [payload.port] : [],
);
const fail = () => emit('vm.state', { kind: 'failed', failure: { reason: 'crashed', message: 'It ended.', logTail: [] } });
function link() {
  const { port1: guest, port2: port } = new MessageChannel();
  const guestEvent = (event, payload) =>
    guest.postMessage({ type: 'event', event, seq: 0, timestamp: 5, taskId: 'task-1', payload });
  guest.on('close', () => emit('vm.log', { source: 'host', line: 'the port was closed' }));
  guest.on('message', ({ id, type }) => {
    if (type === 'runtime_get_state') guest.postMessage({ id, ok: true, result: { build: 'guest', tasks: [] } });
    if (type === 'switch_task') {
      guestEvent('invented', { any: 1 });
      guestEvent('task_ready', { mode: 'created' });
      guest.postMessage({ id, ok: true, result: { status: 'switching' } });
    }
    if (type === 'tell_agent') {
      guestEvent('task_ready', { mode: 'invented' });
      guestEvent('task_ready', { mode: 'resumed' });
      guest.postMessage({ id, ok: true, result: { told: true } });
    }
    if (type === 'stop_task') fail();
    if (type === 'get_entries') process.exit(3);
  });
  emit('guest.linked', { port });
}
parentPort.on('message', ({ id, type }) => {
  if (type === 'vm.start') {
    link();
    emit('vm.state', { kind: 'ready', phases: [], pid: workerData.pid, port: 19384, accelerator: 'tcg', startMs: 1 });
  }
  if (type === 'vm.stop' && workerData.refusesStop) {
    const error = { code: 'INTERNAL_ERROR', message: 'It stays.', retryable: false };
    return parentPort.postMessage({ id, ok: false, error });
  }
  if (type === 'vm.stop') emit('vm.state', { kind: 'stopped' });
  parentPort.postMessage({ id, ok: true, result: { port: 19384 } });
});`;

let folder: string;
let qemu: ChildProcess;
let qemuEnded: Promise<unknown>;
let vm: VmHost;
let statuses: VmStatus[];
let logged: string[];
let refusesStop: boolean;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'piwork-vm-host-'));
  const workerFile = join(folder, 'worker.cjs');
  writeFileSync(workerFile, script);
  qemu = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  qemuEnded = new Promise((resolve) => qemu.once('exit', (_code, signal) => resolve(signal)));
  statuses = [];
  logged = [];
  refusesStop = false;
  vm = new VmHost({
    workerFile,
    pidFile: join(folder, 'qemu.json'),
    config: () => ({ pid: qemu.pid, refusesStop }) as unknown as VmWorkerConfig,
    onKey: () => Promise.resolve(8317),
    log: (source, line) => logged.push(`${source}: ${line}`),
  });
  vm.changed.add((status) => statuses.push(status));
});
afterEach(async () => {
  await vm.dispose();
  qemu.kill('SIGKILL');
  await qemuEnded;
  rmSync(folder, { recursive: true });
});

const becomes = (kind: VmStatus['kind']): Promise<void> =>
  new Promise((resolve) => {
    const waiting = vm.changed.add((status) => {
      if (status.kind !== kind) return;
      waiting.dispose();
      resolve();
    });
  });
const notRunning = { code: 'VM_FAILED', message: "The workspace isn't running." };
const task = { taskId: 'task-1' };

test('taskd answers as soon as the VM is ready', async () => {
  await expect(vm.taskd.runtime_get_state({})).rejects.toMatchObject(notRunning);
  const atOnce = new Promise((resolve, reject) => {
    vm.changed.add(({ kind }) => {
      if (kind === 'ready') vm.taskd.runtime_get_state({}).then(resolve, reject);
    });
  });
  await vm.start();
  expect(await atOnce).toEqual({ build: 'guest', tasks: [] });
  expect(existsSync(join(folder, 'qemu.json'))).toBe(true);
});

test('publishes the taskd events that its contract contains, parsed', async () => {
  await vm.start();
  const events: ContractEvent<TaskdApi>[] = [];
  vm.taskdEvents.add((event) => events.push(event));
  expect(await vm.taskd.switch_task(task)).toEqual({ status: 'switching' });
  expect(events).toEqual([
    { type: 'event', event: 'task_ready', seq: 0, timestamp: 5, ...task, payload: { mode: 'created' } },
  ]);
});

test('a call ends with the VM, and the next start links another guest', async () => {
  await vm.start();
  const failed = becomes('failed');
  await expect(vm.taskd.stop_task(task)).rejects.toMatchObject({ code: 'DISCONNECTED' });
  await failed;
  await expect(vm.taskd.runtime_get_state({})).rejects.toMatchObject(notRunning);
  await vm.start();
  expect(await vm.taskd.runtime_get_state({})).toEqual({ build: 'guest', tasks: [] });
});

test('a call ends with the worker, whose QEMU is ended and forgotten', async () => {
  await vm.start();
  const failed = becomes('failed');
  await expect(vm.taskd.get_entries(task)).rejects.toMatchObject({ code: 'DISCONNECTED' });
  await failed;
  expect(statuses.at(-1)).toMatchObject({ kind: 'failed', failure: { reason: 'worker_died' } });
  expect(await qemuEnded).toBe('SIGKILL');
  expect(existsSync(join(folder, 'qemu.json'))).toBe(false);
  await expect(vm.taskd.runtime_get_state({})).rejects.toMatchObject(notRunning);
});

test('a malformed event of the guest is dropped and counted', async () => {
  await vm.start();
  const modes: unknown[] = [];
  vm.taskdEvents.add(({ payload }) => modes.push(payload));
  expect(await vm.taskd.tell_agent({ ...task, text: 'Hello.' })).toEqual({ told: true });
  expect([modes, vm.malformedMessages]).toEqual([[{ mode: 'resumed' }], 1]);
  expect(logged).toContain("host: dropped task_ready from the guest that couldn't be read (1 so far)");
  expect(await vm.taskd.runtime_get_state({})).toEqual({ build: 'guest', tasks: [] });
});

test('a call without an answer ends at its deadline', async () => {
  await vm.start();
  await expect(vm.taskd.abort(task, { timeoutMs: 20 })).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
  expect(await vm.taskd.runtime_get_state({})).toEqual({ build: 'guest', tasks: [] });
});

test('a stop ends the calls, and says why later ones fail', async () => {
  await vm.start();
  const pending = expect(vm.taskd.abort(task)).rejects.toMatchObject({ code: 'DISCONNECTED' });
  await vm.stop();
  await pending;
  await expect(vm.taskd.runtime_get_state({})).rejects.toMatchObject(notRunning);
});

test('a shutdown that the worker refuses ends QEMU anyway', async () => {
  refusesStop = true;
  await vm.start();
  await expect(vm.shutDown()).rejects.toThrow('It stays.');
  expect(vm.status).toEqual({ kind: 'stopped' });
  expect(await qemuEnded).toBe('SIGKILL');
  expect(existsSync(join(folder, 'qemu.json'))).toBe(false);
});

test('a disposed host starts nothing more', async () => {
  await vm.dispose();
  await expect(vm.start()).rejects.toMatchObject({ code: 'CANCELLED' });
});
