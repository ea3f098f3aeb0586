import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listenPrivately } from './private-socket';

let folder = '';
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'piwork-socket-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

test('only its owner may open it, and one peer connects', async () => {
  const path = join(folder, 'a.sock');
  await writeFile(path, 'left over');
  const socket = await listenPrivately(path);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const first = connect(path);
  const peer = await socket.peer;
  const second = connect(path);
  await new Promise((resolve) => second.once('error', resolve).once('close', resolve));
  peer.write('hello');
  expect(String(await new Promise((resolve) => first.once('data', resolve)))).toBe('hello');
  first.destroy();
  peer.destroy();
});

test("two peers at the same time don't both connect", async () => {
  const path = join(folder, 'b.sock');
  const socket = await listenPrivately(path);
  const clients = [connect(path), connect(path), connect(path)];
  const closed = clients.map(
    (client) => new Promise<void>((resolve) => client.on('error', () => undefined).once('close', () => resolve())),
  );
  const peer = await socket.peer;
  await Promise.any(closed);
  peer.destroy();
  await Promise.all(closed);
});

test('a peer that closes before it is read breaks nothing else', async () => {
  const socket = await listenPrivately(join(folder, 'c.sock'));
  const client = connect(socket.path);
  const peer = await socket.peer;
  peer.emit('error', new Error('ECONNRESET'));
  client.destroy();
  peer.destroy();
});

test('without a peer it closes and is removed', async () => {
  const socket = await listenPrivately(join(folder, 'd.sock'));
  const waiting = expect(socket.peer).rejects.toThrow('nobody connected');
  socket.close();
  socket.close();
  await waiting;
  await expect(stat(socket.path)).rejects.toThrow('ENOENT');
});
