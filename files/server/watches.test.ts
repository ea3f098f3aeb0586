import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFolder } from '../confined/open-folder';
import type { FileStatus, FolderFiles, Names } from '../folder/folder-files';
import { FolderLayer } from '../folder/folder-layer';
import type { FolderWatch } from '../watch/folder-watch';
import { openWatch } from '../watch/open-watch';
import { FileServer } from './file-server';
import { opcode } from './fuse-protocol';
import { FuseClient, join as bytes, text, u32, u64 } from './test/fuse-client';

let host: string;
let server: FileServer;
let client: FuseClient;

/** A disk that gives anything called `d` the same inode, as a disk may that reuses the numbers of removed files. */
class OneNumber extends FolderLayer {
  override status(names: Names): FileStatus {
    const status = super.status(names);
    return names.at(-1) === 'd' ? { ...status, ino: 1n } : status;
  }
}

async function start(watch: FolderWatch, files: FolderFiles = openFolder(host)): Promise<void> {
  server.bind({ taskId: 't', area: 'folder', files, watch, isWritable: true });
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

test('the guest gets no notification of its own acts', async () => {
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

test('a directory that reuses the number of a removed one is watched as well', async () => {
  await start(openWatch(host), new OneNumber(openFolder(host)));
  const folder = await client.walk('t', 'folder');
  const removed = await client.lookup(folder.nodeId, 'd');
  await client.ask(opcode.lookup, removed.nodeId, text('first'));
  rmSync(join(host, 'd'), { recursive: true });
  await told('d');
  // The system reports that a directory is gone only when nobody has it open. The last used ones are still open.
  for (let index = 0; index < 300; index += 1) {
    mkdirSync(join(host, `other-${index}`));
    const other = await client.lookup(folder.nodeId, `other-${index}`);
    await client.ask(opcode.lookup, other.nodeId, text('none'));
  }
  mkdirSync(join(host, 'd'));
  const { nodeId } = await client.lookup(folder.nodeId, 'd');
  expect(nodeId).toBe(removed.nodeId);
  await client.ask(opcode.lookup, nodeId, text('second'));
  writeFileSync(join(host, 'd', 'second'), '');
  await told('second');
});

test('a name can be created in a directory that somebody replaced, after it is looked up again', async () => {
  await start(openWatch(host));
  const folder = await client.walk('t', 'folder');
  const replaced = await client.lookup(folder.nodeId, 'd');
  await client.ask(opcode.lookup, replaced.nodeId, text('x'));
  renameSync(join(host, 'd'), join(host, 'moved'));
  mkdirSync(join(host, 'd'));
  writeFileSync(join(host, 'd', 'taken'), '');
  await told('d');
  const free = await client.ask(opcode.lookup, replaced.nodeId, text('free'));
  expect([free.readBigUInt64LE(0), free.readBigUInt64LE(16)]).toEqual([0n, 0n]);
  const mkdir = (nodeId: bigint) => client.ask(opcode.mkdir, nodeId, bytes(u32(0o755, 0), text('free')));
  await expect(mkdir(replaced.nodeId)).rejects.toMatchObject({ errno: 116 });
  await expect(client.lookup(replaced.nodeId, 'taken')).rejects.toMatchObject({ errno: 116 });
  await mkdir((await client.lookup(folder.nodeId, 'd')).nodeId);
  expect(existsSync(join(host, 'd', 'free'))).toBe(true);
});

test('a missing name is cached until it appears', async () => {
  await start(openWatch(host));
  const { nodeId } = await client.walk('t', 'folder', 'd');
  const none = await client.ask(opcode.lookup, nodeId, text('later'));
  expect([none.readBigUInt64LE(0), none.readBigUInt64LE(16)]).toEqual([0n, 100n]);
  writeFileSync(join(host, 'd', 'later'), 'x');
  await told('later');
  expect((await client.lookup(nodeId, 'later')).size).toBe(1);
});

test('nothing is cached where there would be no notification', async () => {
  await start({ watch: () => null, close: () => undefined });
  const folder = await client.walk('t', 'folder');
  const found = await client.ask(opcode.lookup, folder.nodeId, text('d'));
  expect(found.readBigUInt64LE(16)).toBe(0n);
  await expect(client.lookup(folder.nodeId, 'none')).rejects.toMatchObject({ errno: 2 });
});

test('watching ends when the kernel forgets the directory, and with the folder', async () => {
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
