/** The host's side of hello, with a taskd that the test controls. */
import { createServer, type AddressInfo, type Server } from 'node:net';
import { prove } from '../node/proof';
import { handshakeText } from '../schema/handshake';
import { connect } from '../schema/rpc-client';
import { taskdApi } from '../schema/taskd-api';
import { openGuestLink } from './guest-link';
import { Peer } from './test/socket-pair';

const key = '07'.repeat(32);
const guestChallenge = 'c4'.repeat(32);

interface Hello {
  readonly id: string;
  readonly type: string;
  readonly payload: { readonly protocol: number; readonly build: string; readonly challenge: string };
}

const servers: Server[] = [];
const peers: Peer[] = [];
afterEach(() => {
  for (const peer of peers.splice(0)) peer.socket.destroy();
  for (const server of servers.splice(0)) server.close();
});

const sign = (text: string, by = key): string => prove(Buffer.from(by, 'hex'), text);
const guestProof = ({ payload }: Hello, by = key): string =>
  sign(handshakeText('guest', payload.challenge, guestChallenge), by);

/** Acts as taskd; `answer` returns the answer to the hello. */
async function playGuest(
  answer: (hello: Hello, guest: Peer) => unknown,
): Promise<{ port: number; guest: Promise<Peer> }> {
  const server = createServer();
  servers.push(server);
  const guest = new Promise<Peer>((resolve) =>
    server.once('connection', (socket) => {
      const peer = new Peer(socket);
      peers.push(peer);
      resolve(peer);
      void peer.message(1).then((message) => {
        const hello = message as Hello;
        const result = answer(hello, peer);
        if (result !== undefined) peer.say({ id: hello.id, ok: true, result });
      });
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, guest };
}

const good = (hello: Hello) => ({ protocol: 1, build: 'g', challenge: guestChallenge, proof: guestProof(hello) });
const fails = (code: string): unknown => expect.objectContaining({ code });

test("checks the guest's proof, then gives its own, over two fresh challenges", async () => {
  const { port, guest } = await playGuest(good);
  const opening = openGuestLink({ port, key, build: '1.0.0' });
  const peer = await guest;
  const hello = (await peer.message(1)) as Hello;
  expect(hello).toMatchObject({
    type: 'hello',
    payload: { protocol: 1, build: '1.0.0', challenge: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
  });
  const proof = (await peer.message(2)) as { id: string };
  expect(proof).toEqual({
    id: proof.id,
    type: 'hello_proof',
    payload: { proof: sign(handshakeText('host', hello.payload.challenge, guestChallenge)) },
  });
  peer.say({ id: proof.id, ok: true, result: { authenticated: true } });
  const taskd = await opening;
  const messages = new Promise((resolve) => void taskd.onMessage(resolve));
  peer.say({ type: 'event', event: 'task_stopped', seq: 0, timestamp: 5, taskId: 'task-1', payload: {} });
  expect(await messages).toMatchObject({ event: 'task_stopped', taskId: 'task-1' });
  taskd.close();
});

test('no client on the connection repeats an id of the handshake', async () => {
  const { port, guest } = await playGuest(good);
  const opening = openGuestLink({ port, key, build: '1' });
  const peer = await guest;
  const proof = (await peer.message(2)) as { id: string };
  peer.say({ id: proof.id, ok: true, result: { authenticated: true } });
  const taskd = connect(taskdApi, await opening);
  const calls = [taskd.client.runtime_get_state({}), taskd.client.runtime_diag({})];
  const failed = Promise.all(calls.map((call) => expect(call).rejects.toEqual(fails('DISCONNECTED'))));
  await peer.message(4);
  const ids = peer.received.map((message) => (message as { id: string }).id);
  expect(ids.map((id) => id.replace(/\d+$/, ''))).toEqual(['hello', 'hello', 'c', 'c']);
  expect(new Set(ids).size).toBe(4);
  taskd.dispose();
  await failed;
});

test.each<[string, (hello: Hello) => unknown, string]>([
  ['of another key', (hello) => ({ ...good(hello), proof: guestProof(hello, '08'.repeat(32)) }), 'UNAUTHENTICATED'],
  [
    "that is the host's",
    (hello) => ({ ...good(hello), proof: sign(handshakeText('host', hello.payload.challenge, guestChallenge)) }),
    'UNAUTHENTICATED',
  ],
  ['of zeros', (hello) => ({ ...good(hello), proof: '00'.repeat(32) }), 'UNAUTHENTICATED'],
  ['too short', (hello) => ({ ...good(hello), proof: '00' }), 'PROTOCOL_MISMATCH'],
  ['of another protocol', (hello) => ({ ...good(hello), protocol: 2 }), 'PROTOCOL_MISMATCH'],
  ['missing', () => ({}), 'PROTOCOL_MISMATCH'],
])('a proof %s ends the connection, and the host sends no proof', async (_name, answer, code) => {
  const { port, guest } = await playGuest(answer);
  await expect(openGuestLink({ port, key, build: '1' })).rejects.toEqual(fails(code));
  const peer = await guest;
  await new Promise((resolve) => peer.socket.once('close', resolve));
  expect(peer.received).toHaveLength(1);
});

test("a guest that refuses the host's proof gives an error with its words", async () => {
  const { port, guest } = await playGuest(good);
  const opening = expect(openGuestLink({ port, key, build: '1' })).rejects.toEqual(fails('UNAUTHENTICATED'));
  const peer = await guest;
  const { id } = (await peer.message(2)) as { id: string };
  peer.say({ id, ok: false, error: { code: 'UNAUTHENTICATED', message: 'Another host.', retryable: false } });
  await opening;
});

test('a guest that closes is an error', async () => {
  const { port } = await playGuest((_hello, guest) => void guest.socket.end());
  await expect(openGuestLink({ port, key, build: '1' })).rejects.toEqual(fails('DISCONNECTED'));
});

test("a guest that sends invalid JSON, or isn't there, is an error", async () => {
  const { port } = await playGuest((_hello, guest) => guest.say('HTTP/1.1 400 Bad Request\r\n'));
  await expect(openGuestLink({ port, key, build: '1' })).rejects.toEqual(fails('DISCONNECTED'));
  await new Promise((resolve) => servers[0]?.close(resolve));
  await expect(openGuestLink({ port, key, build: '1' })).rejects.toEqual(fails('DISCONNECTED'));
});
