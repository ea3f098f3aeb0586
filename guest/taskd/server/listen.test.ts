/** The taskd port over loopback, for a host that has the key and for other clients. */
import { createConnection, type Socket } from 'node:net';
import { prove } from '../../../node/proof';
import { handshakeText, taskdProtocol } from '../../../schema/handshake';
import { encodeLine, maxFrameBytes } from '../../../schema/jsonl';
import { TaskRegistry } from '../tasks/registry';
import type { TaskServices } from '../tasks/services';
import { listenForHost, type TaskdServer } from './listen';

const key = Buffer.alloc(32, 7);
const challenge = '1f'.repeat(32);
const hello = { id: 'h1', type: 'hello', payload: { protocol: taskdProtocol, build: 'test', challenge } };
const proofFor = (guestChallenge: string, id = 'h2') => ({
  id,
  type: 'hello_proof',
  payload: { proof: prove(key, handshakeText('host', challenge, guestChallenge)) },
});
const getState = { id: 's1', type: 'runtime_get_state', payload: {} };
const emptyState = { id: 's1', ok: true, result: { build: 'guest', tasks: [] } };

interface Answer {
  readonly id: string;
  readonly ok: boolean;
  readonly result?: { readonly challenge?: string };
  readonly error?: { readonly code: string };
}

/** A connection that keeps everything it receives. */
class Client {
  readonly socket: Socket;
  readonly closed: Promise<void>;
  #text = '';
  #wake: () => void = () => undefined;

  constructor(port: number) {
    this.socket = createConnection({ port, host: '127.0.0.1' });
    this.socket.on('data', (chunk: Buffer) => {
      this.#text += chunk.toString();
      this.#wake();
    });
    // A reset also counts as closed.
    this.socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => this.socket.once('close', () => resolve()));
  }

  get answers(): Answer[] {
    return this.#text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Answer);
  }

  send(message: unknown): void {
    this.socket.write(typeof message === 'string' ? message : encodeLine(message));
  }

  async answer(count: number): Promise<Answer> {
    while (this.answers.length < count) await new Promise<void>((resolve) => (this.#wake = resolve));
    return this.answers[count - 1]!;
  }

  async authenticate(): Promise<void> {
    this.send(hello);
    const { result } = await this.answer(1);
    this.send(proofFor(result?.challenge ?? ''));
    expect(await this.answer(2)).toEqual({ id: 'h2', ok: true, result: { authenticated: true } });
  }
}

const clients: Client[] = [];
const servers: TaskdServer[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) client.socket.destroy();
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function open(helloDeadlineMs?: number) {
  const services = {} as TaskServices;
  const server = await listenForHost({
    key,
    build: 'guest',
    tasks: new TaskRegistry(services),
    services,
    log: () => undefined,
    port: 0,
    ...(helloDeadlineMs === undefined ? {} : { helloDeadlineMs }),
  });
  servers.push(server);
  const connect = (): Client => {
    const client = new Client(server.port);
    clients.push(client);
    return client;
  };
  return { server, connect };
}

test('a client that proves the key is served and gets events', async () => {
  const { server, connect } = await open();
  const host = connect();
  await host.authenticate();
  host.send(getState);
  expect(await host.answer(3)).toEqual(emptyState);
  server.emit({ event: 'task_stopped', taskId: 'task-1', payload: {} });
  expect(await host.answer(4)).toMatchObject({ type: 'event', event: 'task_stopped', seq: 0, taskId: 'task-1' });
});

test('serves a command that was sent together with the proof, after the proof', async () => {
  const { connect } = await open();
  const host = connect();
  host.send(hello);
  const { result } = await host.answer(1);
  host.send(encodeLine(proofFor(result?.challenge ?? '')) + encodeLine(getState));
  expect([await host.answer(2), await host.answer(3)]).toContainEqual(emptyState);
});

describe('silently closes a connection whose first line is', () => {
  test.each<[string, unknown]>([
    ['another command', getState],
    ['a proof', proofFor(challenge)],
    ['no JSON', 'hello\n'],
    ['empty', '\n'],
    ['no request', { hello: true }],
    ['an HTTP request', 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'],
    [
      "a web page's POST with commands in its body",
      `POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\n\r\n${encodeLine(hello)}${encodeLine(getState)}`,
    ],
    ['long', `${JSON.stringify({ ...hello, id: 'x'.repeat(5_000) })}\n`],
    ['long and never ends', 'x'.repeat(5_000)],
    ['no UTF-8', Buffer.from([0xff, 0xfe, 0x0a]).toString('latin1')],
  ])('%s', async (_name, first) => {
    const { connect } = await open();
    const client = connect();
    client.send(first);
    client.send(getState);
    await client.closed;
    expect(client.answers).toEqual([]);
  });
});

describe('closes the connection after a refusal before the proof', () => {
  test.each<[string, object, string]>([
    ['another protocol', { ...hello, payload: { ...hello.payload, protocol: 99 } }, 'PROTOCOL_MISMATCH'],
    ['a hello with a short challenge', { ...hello, payload: { ...hello.payload, challenge: 'aa' } }, 'INVALID_REQUEST'],
    ['a hello with one field more', { ...hello, payload: { ...hello.payload, admin: true } }, 'INVALID_REQUEST'],
  ])('%s', async (_name, first, code) => {
    const { connect } = await open();
    const client = connect();
    client.send(first);
    await client.closed;
    expect(client.answers).toMatchObject([{ id: 'h1', ok: false, error: { code } }]);
  });

  test.each([
    ['a wrong proof', { ...proofFor(challenge) }, 'UNAUTHENTICATED'],
    ['a proof that is none', { ...proofFor(challenge), payload: { proof: 'é'.repeat(32) } }, 'INVALID_REQUEST'],
  ])('%s', async (_name, proof, code) => {
    const { connect } = await open();
    const client = connect();
    client.send(hello);
    await client.answer(1);
    client.send(proof);
    await client.closed;
    expect(client.answers.slice(1)).toMatchObject([{ id: 'h2', ok: false, error: { code } }]);
  });

  test('a second hello', async () => {
    const { connect } = await open();
    const client = connect();
    client.send(hello);
    await client.answer(1);
    client.send({ ...hello, id: 'h3' });
    await client.closed;
    expect(client.answers).toHaveLength(1);
  });
});

test('closes a silent connection at the deadline, and keeps an authenticated one', async () => {
  jest.useFakeTimers({
    doNotFake: ['Date', 'hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'setInterval'],
  });
  const { connect } = await open();
  const host = connect();
  await host.authenticate();
  const silent = connect();
  const halfway = connect();
  halfway.send(hello);
  // Connections are accepted in order, so the silent one was too.
  await halfway.answer(1);
  jest.advanceTimersByTime(60_000);
  jest.useRealTimers();
  await Promise.all([silent.closed, halfway.closed]);
  host.send(getState);
  expect(await host.answer(3)).toEqual(emptyState);
});

test('refuses a second host and keeps the first; the next may come when the first has left', async () => {
  const { connect } = await open();
  const first = connect();
  await first.authenticate();
  const second = connect();
  second.send(hello);
  const { result } = await second.answer(1);
  second.send(proofFor(result?.challenge ?? ''));
  await second.closed;
  expect(second.answers.slice(1)).toMatchObject([{ ok: false, error: { code: 'UNAUTHENTICATED' } }]);
  first.send(getState);
  expect(await first.answer(3)).toEqual(emptyState);
  first.socket.end();
  await first.closed;
  await connect().authenticate();
});

test.each([
  ['no JSON', 'nonsense\n'],
  ['no request', { id: 's2', type: 'runtime_get_state' }],
  ['over the cap', 'x'.repeat(maxFrameBytes + 1)],
])('a bad later line also closes the connection: %s', async (_name, line) => {
  const { connect } = await open();
  const host = connect();
  await host.authenticate();
  host.send(line);
  await host.closed;
  expect(host.answers).toHaveLength(2);
});

test('reads long lines from an authenticated connection', async () => {
  const { connect } = await open();
  const host = connect();
  await host.authenticate();
  host.send({ id: 'b1', type: 'prompt', payload: { taskId: 'task-1', promptId: 'p1', message: 'x'.repeat(100_000) } });
  expect(await host.answer(3)).toMatchObject({ id: 'b1', ok: false, error: { code: 'TASK_NOT_FOUND' } });
});

test("ids used by strangers are free, and repeating a host's lines doesn't give its answers", async () => {
  const { connect } = await open();
  const stranger = connect();
  stranger.send(hello);
  const stolen = await stranger.answer(1);
  stranger.send({ ...proofFor(challenge) });
  await stranger.closed;
  const host = connect();
  await host.authenticate();
  expect(host.answers[0]?.result?.challenge).not.toBe(stolen.result?.challenge);
  host.socket.destroy();
  const replaying = connect();
  replaying.send(hello);
  await replaying.answer(1);
  replaying.send(proofFor(host.answers[0]?.result?.challenge ?? ''));
  await replaying.closed;
  expect(replaying.answers.slice(1)).toMatchObject([{ ok: false, error: { code: 'UNAUTHENTICATED' } }]);
});

test('a request repeated after a reconnect gets the same answer', async () => {
  const { connect } = await open();
  const first = connect();
  await first.authenticate();
  first.send(getState);
  await first.answer(3);
  first.socket.destroy();
  const again = connect();
  await again.authenticate();
  again.send(getState);
  expect(await again.answer(3)).toEqual(emptyState);
  again.send({ ...getState, payload: { more: 1 } });
  expect(await again.answer(4)).toMatchObject({ ok: false, error: { code: 'INVALID_REQUEST' } });
});

test('closing disconnects the host and frees the port', async () => {
  const { server, connect } = await open();
  const host = connect();
  await host.authenticate();
  await Promise.all([server.close(), host.closed]);
  const late = connect();
  await late.closed;
  expect(late.answers).toEqual([]);
});
