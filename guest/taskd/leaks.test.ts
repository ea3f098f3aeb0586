/** When each part of taskd has ended, none of its timers, sockets, servers or children is left. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm } from 'node:fs/promises';
import { createConnection, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { prove } from '../../node/proof';
import { handshakeText, taskdProtocol } from '../../schema/handshake';
import { encodeLine } from '../../schema/jsonl';
import { park, type ParkingOptions } from './pi/parked';
import { PiProcess } from './pi/process';
import { runInSandbox } from './sandbox/command';
import { relayGateway } from './sandbox/gateway-relay';
import { slotAt, type Slot } from './sandbox/layout';
import { listenForHost } from './server/listen';
import { TaskRegistry } from './tasks/registry';
import { makeBwrap, refusingPi, withoutSandbox } from './test/fake-bwrap';
import { FakePi, silence } from './test/fake-pi';
import { fakeServices, makeFiles, withoutLimits } from './test/fake-services';
import { expectNothingLeft } from './test/held-resources';

const owner = { uid: process.getuid?.() ?? 1000, gid: process.getgid?.() ?? 1000 };
let folder = '';

beforeEach(async () => (folder = await makeFiles()));
afterEach(() => rm(folder, { recursive: true, force: true }));

test('the port, with a host and two connections that never prove who they are', () =>
  expectNothingLeft(async () => {
    const key = Buffer.alloc(32, 7);
    const { services } = fakeServices(folder, []);
    const tasks = new TaskRegistry(services);
    const server = await listenForHost({ key, build: 'guest', tasks, services, log: () => undefined, port: 0 });
    const [host, halfway, silent] = [1, 2, 3].map(() => createConnection({ port: server.port, host: '127.0.0.1' }));
    const challenge = '1f'.repeat(32);
    const hello = { id: 'h', type: 'hello', payload: { protocol: taskdProtocol, build: 'test', challenge } };
    for (const client of [host, halfway]) client?.write(encodeLine(hello));
    const answers = await Promise.all([host, halfway].map(async (client) => (await once(client!, 'data')) as [Buffer]));
    const guest = (JSON.parse(String(answers[0]?.[0])) as { result: { challenge: string } }).result.challenge;
    const proof = prove(key, handshakeText('host', challenge, guest));
    host!.write(encodeLine({ id: 'p', type: 'hello_proof', payload: { proof } }));
    await once(host!, 'data');
    const ended = [host, halfway, silent].map((client) => once(client!.resume(), 'close'));
    await server.close();
    await Promise.all(ended);
  }));

test("a pi that doesn't answer and is ended", () =>
  expectNothingLeft(async () => {
    const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'pipe', 'pipe'] });
    const pi = new PiProcess({ child, stdin: child.stdin, stdout: child.stdout, stderr: child.stderr });
    const asked = expect(pi.request({ type: 'get_state' })).rejects.toMatchObject({ code: 'PI_PROCESS_DEAD' });
    await pi.end();
    await asked;
  }));

test('a task that is stopped in the middle of a run, with an open question', () =>
  expectNothingLeft(async () => {
    const pi = new FakePi({ prompt: () => silence, abort: () => silence });
    const { services, next } = fakeServices(folder, [pi]);
    const tasks = new TaskRegistry(services);
    const task = tasks.findOrAdd('task-1');
    await task.open({});
    const prompted = expect(task.prompt('Hello', 'p-1', [])).rejects.toMatchObject({ code: 'PI_PROCESS_DEAD' });
    const asked = next('ui_request');
    pi.say({ type: 'extension_ui_request', id: 'q-1', method: 'confirm', title: 'Sure?', timeout: 60_000 });
    await asked;
    const aborted = task.abort();
    await tasks.stopAll();
    await Promise.all([prompted, aborted]);
  }));

test('a task whose pi stops by itself', () =>
  expectNothingLeft(async () => {
    const pi = new FakePi();
    const { services, next, cleared } = fakeServices(folder, [pi]);
    await new TaskRegistry(services).findOrAdd('task-1').open({});
    const failed = next('task_error');
    pi.exit(1);
    await failed;
    while (cleared.length === 0) await new Promise((resolve) => setImmediate(resolve));
  }));

test('the relay to the gateway, closed while a request is open', () =>
  expectNothingLeft(async () => {
    const gateway = createServer((socket) => socket.resume());
    await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
    const { port } = gateway.address() as AddressInfo;
    const socket = join(folder, 'gateway.sock');
    const relay = await relayGateway({ socket, ...owner, gatewayPort: () => port, hostAddress: '127.0.0.1' });
    const near = createConnection(socket);
    near.write('ask');
    await once(gateway, 'connection');
    relay.close();
    // Acts like a sandbox that ends.
    near.destroy();
    gateway.close();
    await once(gateway, 'close');
  }));

describe('a command in the sandbox', () => {
  const run = (bwrap: string, command: string, timeoutMs?: number) =>
    runInSandbox({
      slotFolder: folder,
      command,
      cwd: folder,
      timeoutMs,
      bwrap,
      slots: { launch: withoutLimits },
      filterFile: null,
      ...owner,
    });

  test('that ends, and one that takes too long', () =>
    expectNothingLeft(async () => {
      const bwrap = makeBwrap(folder, withoutSandbox);
      expect(await run(bwrap, 'echo done')).toMatchObject({ output: 'done\n', timedOut: false });
      expect(await run(bwrap, 'exec sleep 60', 100)).toMatchObject({ timedOut: true });
    }));

  test("that can't be started", () =>
    expectNothingLeft(async () => {
      await expect(run(join(folder, 'missing'), 'true')).rejects.toMatchObject({ code: 'ENOENT' });
    }));
});

describe("a pi that can't be parked", () => {
  const cleared: Slot[] = [];
  const options = (script: string | null, isRehearsed: boolean): ParkingOptions => ({
    ...owner,
    isRehearsed,
    bwrap: script === null ? join(folder, 'missing') : makeBwrap(folder, script),
    isEmulated: false,
    gatewayPort: () => null,
    filterFile: null,
    slots: {
      make: async () => {
        const slot = slotAt(join(folder, 'slot'));
        for (const part of [slot.mnt, slot.sessions, slot.run]) await mkdir(part, { recursive: true });
        return slot;
      },
      clear: async (slot) => void cleared.push(slot),
      launch: withoutLimits,
      setPriority: () => undefined,
    },
  });
  beforeEach(() => cleared.splice(0));

  test.each([
    ['because there is no sandbox', null, false, "pi couldn't be loaded"],
    ['because it ends at once', '#!/bin/sh\necho broken >&2\nexit 1\n', false, "pi couldn't be loaded: broken"],
    ['because its rehearsal fails', refusingPi, true, 'refused'],
    ['because it cannot change its session', refusingPi, false, 'refused'],
  ])('%s', (_why, script, isRehearsed, message) =>
    expectNothingLeft(async () => {
      await expect(park(options(script, isRehearsed))).rejects.toThrow(message);
      expect(cleared).toHaveLength(1);
    }),
  );
});
