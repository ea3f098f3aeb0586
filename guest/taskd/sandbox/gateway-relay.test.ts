import { mkdtemp, rm } from 'node:fs/promises';
import { createConnection, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { relayGateway } from './gateway-relay';

let folder = '';
let gateway: Server;
let relay: Server;
let onRequest: (socket: Socket) => void;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'piwork-relay-'));
  gateway = createServer((socket) => onRequest(socket));
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  relay.close();
  gateway.close();
  await rm(folder, { recursive: true, force: true });
});

async function openRelay(gatewayPort: () => number | null): Promise<string> {
  const socket = join(folder, 'gateway.sock');
  const owner = { uid: process.getuid?.() ?? 1000, gid: process.getgid?.() ?? 1000 };
  relay = await relayGateway({ socket, ...owner, gatewayPort, hostAddress: '127.0.0.1' });
  return socket;
}

test.each([4, 228, 240, 252, 1_024])(
  'returns all of an answer of %i KiB, even if the gateway closes before the sandbox reads it',
  async (kibibytes) => {
    const answer = 'x'.repeat(kibibytes * 1_024);
    onRequest = (socket) => socket.once('data', () => socket.end(answer));
    const socket = await openRelay(() => (gateway.address() as AddressInfo).port);
    const near = createConnection(socket);
    near.write('ask');
    await new Promise((resolve) => near.once('readable', resolve));
    // Give the relay time to send everything it can while nobody reads.
    for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect((await text(near)).length).toBe(answer.length);
  },
);

test('a sandbox that goes away ends its request', async () => {
  const gone = new Promise<void>((resolve) => {
    onRequest = (socket) => {
      socket.once('close', () => resolve()).resume();
      near.destroy();
    };
  });
  const socket = await openRelay(() => (gateway.address() as AddressInfo).port);
  const near = createConnection(socket);
  near.write('ask');
  await gone;
});

test('there is no gateway before the start', async () => {
  const socket = await openRelay(() => null);
  expect(await text(createConnection(socket))).toBe('');
});
