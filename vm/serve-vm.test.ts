/** Over real channels, with a VM that the test controls. */
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { connect } from '../schema/rpc-client';
import { taskdApi } from '../schema/taskd-api';
import { Listeners, type Transport } from '../schema/transport';
import { memoryPair } from '../schema/transports/memory';
import { messagePortTransport } from '../schema/transports/message-port';
import { vmApi, type VmStatus } from '../schema/vm-api';
import { serveVm } from './serve-vm';
import type { Vm } from './vm';

const ready: VmStatus = { kind: 'ready', phases: [], pid: 7, port: 19384, accelerator: 'tcg', startMs: 1 };

const ports: MessagePort[] = [];
const guests: Transport[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
  for (const guest of guests.splice(0)) guest.close();
});

function memoryGuest(): readonly [Transport, Transport] {
  const pair = memoryPair();
  guests.push(pair[0]);
  return pair;
}

function open() {
  const vm = {
    runner: { changed: new Listeners<VmStatus>() },
    logLines: new Listeners<{ source: 'qemu' | 'guest'; line: string }>(),
    linked: new Listeners<Transport>(),
  };
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  serveVm(
    vm as unknown as Vm,
    messagePortTransport(port1, () => port1.close()),
  );
  const transport = messagePortTransport(port2, () => port2.close());
  return { vm, main: connect(vmApi, transport, { isPeerTrusted: true }) };
}

test('main has the port to a guest before it hears that the guest is ready', async () => {
  const { vm, main } = open();
  const names: string[] = [];
  const heardReady = new Promise<void>((resolve) => {
    main.onEvent((event) => {
      names.push(event.event);
      if (event.event === 'vm.state') resolve();
    });
  });
  vm.linked.emit(memoryGuest()[0]);
  vm.runner.changed.emit(ready);
  await heardReady;
  expect(names).toEqual(['guest.linked', 'vm.state']);
});

test('the port carries calls, answers and events, and ends with the guest', async () => {
  const { vm, main } = open();
  const [guest, far] = memoryGuest();
  const linked = new Promise<ReturnType<typeof connect<typeof taskdApi>>>((resolve) => {
    main.onEvent((event) => {
      if (event.event !== 'guest.linked') return;
      const { port } = event.payload;
      resolve(
        connect(
          taskdApi,
          messagePortTransport(port, () => port.close()),
        ),
      );
    });
  });
  vm.linked.emit(guest);
  const taskd = await linked;
  const events: unknown[] = [];
  taskd.onEvent((event) => events.push(event));
  far.onMessage((message) => {
    const { id, type } = message as { id: string; type: string };
    if (type !== 'describe_process') return;
    far.send({ type: 'event', event: 'task_stopped', seq: 0, timestamp: 5, taskId: 'task-1', payload: {} });
    far.send({ id, ok: true, result: { command: 'pi' } });
  });
  expect(await taskd.client.describe_process({ taskId: 'task-1', pid: 4 })).toEqual({ command: 'pi' });
  expect(events).toMatchObject([{ event: 'task_stopped', taskId: 'task-1', payload: {} }]);
  const pending = taskd.client.abort({ taskId: 'task-1' });
  far.close('gone');
  await expect(pending).rejects.toMatchObject({ code: 'DISCONNECTED' });
});

test('a malformed event from the guest is dropped, and the connection stays', async () => {
  const { vm, main } = open();
  const [guest, far] = memoryGuest();
  const malformed: string[] = [];
  const next = new Promise((resolve) => {
    main.onEvent((event) => {
      if (event.event !== 'guest.linked') return;
      const { port } = event.payload;
      const transport = messagePortTransport(port, () => port.close());
      const options = { onMalformed: (what: string) => malformed.push(what) };
      connect(taskdApi, transport, options).onEvent(resolve);
    });
  });
  vm.linked.emit(guest);
  const common = { type: 'event', timestamp: 5, taskId: 'task-1' };
  far.send({ ...common, event: 'agent_output', seq: 0, payload: { kind: 'invented' } });
  far.send({ ...common, event: 'task_stopped', seq: 1, payload: {} });
  expect(await next).toMatchObject({ event: 'task_stopped', taskId: 'task-1' });
  expect(malformed).toEqual(['agent_output']);
  far.close('gone');
});
