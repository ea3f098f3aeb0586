import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFolder } from '../confined/open-folder';
import type { FolderWatch } from '../watch/folder-watch';
import { openWatch } from '../watch/open-watch';
import { FileServer } from './file-server';
import { opcode } from './fuse-protocol';
import { FuseClient, join as bytes, text, u32, u64 } from './test/fuse-client';

let host: string;
let server: FileServer;
let client: FuseClient;

async function start(watch: FolderWatch): Promise<void> {
  server.bind({ taskId: 't', area: 'folder', files: openFolder(host), watch, isWritable: true });
  client = await FuseClient.mounted(server);
}
/** Resolves at the notification that a name leads elsewhere. */
const told = (name: string): Promise<void> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (client.notifications.some(({ code, body }) => code === 3 && body.includes(`${name}\0`))) resolve();
      else client.stream.once('data', () => setImmediate(look));
    };
    look();
  });

beforeEach(() => {
  host = mkdtempSync(join(tmpdir(), 'piwork-watches-'));
  mkdirSync(join(host, 'd'));
  server = new FileServer({ uid: 0, gid: 0, cacheSeconds: 100 });
});
afterEach(() => {
  server.close();
  rmSync(host, { recursive: true });
});

test('what the guest does itself is no news', async () => {
  await start(openWatch(host));
  const { nodeId } = await client.walk('t', 'folder', 'd');
  for (const name of ['a', 'b', 'c']) {
    const { handle, nodeId: file } = await client.create(nodeId, name);
    await client.write(handle, 0, 'content').answer;
    await client.setattr(file, 1, { mode: 0o600 }).answer;
    await client.release(handle);
  }
  await client.ask(opcode.rename, nodeId, bytes(u64(nodeId), text('a'), text('z')));
  await client.ask(opcode.unlink, nodeId, text('b'));
  await client.ask(opcode.mkdir, nodeId, bytes(u32(0o755, 0), text('e')));
  await client.ask(opcode.rmdir, nodeId, text('e'));
  await client.ask(opcode.symlink, nodeId, bytes(text('l'), text('target')));
  writeFileSync(join(host, 'd', 'by-the-person'), '');
  await told('by-the-person');
  expect(client.notifications.filter(({ code }) => code === 3)).toHaveLength(1);
  expect(client.notifications.filter(({ code, body }) => code === 2 && body.readBigUInt64LE(0) !== nodeId)).toEqual([]);
});

test('a name that is not there is believed until it is', async () => {
  await start(openWatch(host));
  const { nodeId } = await client.walk('t', 'folder', 'd');
  const none = await client.ask(opcode.lookup, nodeId, text('later'));
  expect([none.readBigUInt64LE(0), none.readBigUInt64LE(16)]).toEqual([0n, 100n]);
  writeFileSync(join(host, 'd', 'later'), 'x');
  await told('later');
  expect((await client.lookup(nodeId, 'later')).size).toBe(1);
});

test('where no news would come nothing is believed', async () => {
  await start({ watch: () => null, close: () => undefined });
  const folder = await client.walk('t', 'folder');
  const found = await client.ask(opcode.lookup, folder.nodeId, text('d'));
  expect(found.readBigUInt64LE(16)).toBe(0n);
  await expect(client.lookup(folder.nodeId, 'none')).rejects.toMatchObject({ errno: 2 });
});

test('watching ends with what the kernel forgets, and with the folder', async () => {
  const open = new Set<string>();
  let isClosed = false;
  const watch: FolderWatch = {
    watch: (names) => {
      open.add(names.join('/'));
      return { close: () => open.delete(names.join('/')) };
    },
    close: () => {
      isClosed = true;
    },
  };
  await start(watch);
  const { nodeId } = await client.walk('t', 'folder', 'd');
  await expect(client.lookup(nodeId, 'x')).resolves.toMatchObject({ nodeId: 0n });
  expect([...open]).toEqual(['', 'd']);
  client.forget(nodeId, 1);
  await client.walk('t', 'folder');
  expect([...open]).toEqual(['']);
  server.unbind('t');
  expect([open.size, isClosed]).toEqual([0, true]);
});
