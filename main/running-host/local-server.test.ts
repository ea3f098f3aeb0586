import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createConnection, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Transport } from '../../schema/transport';
import { connectLocally } from './local-client';
import { serveLocally } from './local-server';

let folder: string;
let path: string;
let accepted: Transport[];
let server: Server;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'piwork-local-'));
  path = join(folder, 'app.sock');
  accepted = [];
  server = await serveLocally(path, (transport) => accepted.push(transport));
});
afterEach(async () => {
  for (const transport of accepted) transport.close();
  await close();
  rmSync(folder, { recursive: true });
});

const close = (): Promise<void> => new Promise((resolve) => server.close(() => resolve()));

test('the socket belongs only to the user', () => {
  const { mode, uid } = statSync(path);
  expect((mode & 0o777).toString(8)).toBe('600');
  expect(uid).toBe(process.getuid?.());
});

test('each connection is a separate transport that carries app-api', async () => {
  const terminals = [await connectLocally(path), await connectLocally(path)];
  const calls = terminals.map(({ client }) => client['app.quit']({}));
  while (accepted.length < 2) await new Promise((resolve) => setImmediate(resolve));
  for (const transport of accepted) {
    transport.onMessage((message) => transport.send({ id: (message as { id: string }).id, ok: true, result: {} }));
  }
  expect(await Promise.all(calls)).toEqual([{}, {}]);
  for (const terminal of terminals) terminal.dispose();
});

test('a terminal that disconnects closes only its own transport', async () => {
  const [one, other] = [await connectLocally(path), await connectLocally(path)];
  while (accepted.length < 2) await new Promise((resolve) => setImmediate(resolve));
  const closed = Promise.race(
    accepted.map((transport, at) => new Promise<number>((resolve) => transport.onClose(() => resolve(at)))),
  );
  one.dispose();
  expect(await closed).toBe(0);
  other.dispose();
});

test("a line that isn't JSON closes its own connection", async () => {
  const stranger = createConnection(path);
  const gone = new Promise((resolve) => stranger.once('close', resolve));
  stranger.write('GET / HTTP/1.1\r\n\r\n');
  stranger.resume();
  await gone;
  const terminal = await connectLocally(path);
  terminal.dispose();
});

test('after closing, the socket is gone, and nobody can connect', async () => {
  expect(existsSync(path)).toBe(true);
  await close();
  expect(existsSync(path)).toBe(false);
  await expect(connectLocally(path)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('a path in use is an error, and the first server continues', async () => {
  await expect(serveLocally(path, () => undefined)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  const terminal = await connectLocally(path);
  terminal.dispose();
});
