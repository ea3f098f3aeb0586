import { mkdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openFolder } from '../confined/open-folder';
import { Errno } from '../folder/errno';
import { opcode, rootNodeId, setattrValid } from './fuse-protocol';
import { FuseClient, join as bytes, text, u32, u64 } from './test/fuse-client';
import { client, errno, ESTALE, fails, host, logged, server, start, useServer } from './test/server-stage';

useServer();

describe('nodes', () => {
  beforeEach(() => start());

  test('the access time of the root is the present, by which the guest sets its clock', async () => {
    const ask = async (): Promise<number> => {
      const body = await client.ask(opcode.getattr, rootNodeId, bytes(u32(0, 0), u64(0)));
      return Number(body.readBigUInt64LE(40)) * 1000 + body.readUInt32LE(64) / 1e6;
    };
    const before = Date.now();
    const told = await ask();
    expect([told >= before, told <= Date.now()]).toEqual([true, true]);
  });

  test('a file keeps its node when it is renamed or hard-linked', async () => {
    const folder = await client.walk('t', 'folder');
    const before = await client.lookup(folder.nodeId, 'f');
    await client.ask(
      opcode.rename,
      folder.nodeId,
      bytes(u64((await client.lookup(folder.nodeId, 'd')).nodeId), text('f'), text('g')),
    );
    const after = await client.walk('t', 'folder', 'd', 'g');
    expect(after.nodeId).toBe(before.nodeId);
    await client.ask(opcode.link, folder.nodeId, bytes(u64(before.nodeId), text('h')));
    expect((await client.lookup(folder.nodeId, 'h')).nodeId).toBe(before.nodeId);
    await client.ask(opcode.unlink, folder.nodeId, text('h'));
    expect(await client.getattr(before.nodeId)).toMatchObject({ size: 3 });
  });

  test('an unknown node is stale, and so is every node of another session', async () => {
    const { nodeId } = await client.walk('t', 'folder', 'f');
    await expect(client.getattr(nodeId + 1000n)).rejects.toEqual(fails(ESTALE));
    await expect(client.getattr(2n ** 64n - 1n)).rejects.toEqual(fails(ESTALE));
    const other = await FuseClient.mounted(server);
    await expect(other.getattr(nodeId)).rejects.toEqual(fails(ESTALE));
    expect((await other.walk('t', 'folder', 'f')).nodeId).not.toBe(nodeId);
    expect(client.isEnded).toBe(true);
  });

  test('a node is gone when the kernel forgot it as often as it was reported', async () => {
    const { nodeId } = await client.walk('t', 'folder', 'f');
    await client.walk('t', 'folder', 'f');
    client.forget(nodeId, 1);
    await client.getattr(nodeId);
    client.send(opcode.batchForget, 0, bytes(u32(1, 0), u64(nodeId, 1)));
    await expect(client.getattr(nodeId)).rejects.toEqual(fails(ESTALE));
  });

  test('a file that the person writes gets a new node, once for each time', async () => {
    const before = await client.walk('t', 'folder', 'f');
    writeFileSync(join(host, 'folder', 'f'), 'longer');
    await expect(client.getattr(before.nodeId)).rejects.toEqual(fails(ESTALE));
    const after = await client.walk('t', 'folder', 'f');
    expect(after).toMatchObject({ size: 6 });
    expect(after.nodeId).not.toBe(before.nodeId);
    expect((await client.walk('t', 'folder', 'f')).nodeId).toBe(after.nodeId);
  });

  test('a file that is written all the time opens at the second try', async () => {
    const before = await client.walk('t', 'folder', 'f');
    utimesSync(join(host, 'folder', 'f'), 1, 1);
    await expect(client.open(before.nodeId, 0)).rejects.toEqual(fails(ESTALE));
    const after = await client.walk('t', 'folder', 'f');
    writeFileSync(join(host, 'folder', 'f'), 'longer');
    const { handle, flags } = await client.open(after.nodeId, 0);
    expect([flags, (await client.read(handle, 0, 100)).toString()]).toEqual([1, 'longer']);
  });

  test('a release is answered with the next request, and alone when none comes', async () => {
    const { nodeId } = await client.walk('t', 'folder', 'f');
    const [first, second] = [await client.open(nodeId, 0), await client.open(nodeId, 0)];
    const release = (handle: bigint) => client.send(opcode.release, nodeId, bytes(u64(handle), u32(0, 0), u64(0)));
    const early = release(first.handle);
    const next = client.send(opcode.statfs, nodeId, bytes());
    await next.answer;
    expect(client.answered.slice(-2)).toEqual([early.unique, next.unique]);
    expect((await release(second.handle).answer)?.error).toBe(0);
  });

  test('a time that the kernel sends once more changes nothing', async () => {
    const { nodeId } = await client.walk('t', 'folder', 'f');
    const set = () => client.setattr(nodeId, setattrValid.mtime | setattrValid.ctime, { mtime: 1_000_000_000 }).answer;
    const changedAt = () => statSync(join(host, 'folder', 'f'), { bigint: true }).ctimeNs;
    expect((await set())?.error).toBe(0);
    const before = changedAt();
    expect(statSync(join(host, 'folder', 'f')).mtimeMs).toBe(1_000_000_000_000);
    expect((await set())?.error).toBe(0);
    expect(changedAt()).toBe(before);
  });

  test("what the guest writes keeps the node and the kernel's cache of it", async () => {
    const { nodeId } = await client.walk('t', 'folder', 'f');
    const { handle, flags } = await client.open(nodeId, 2);
    expect(flags).toBe(2);
    await client.write(handle, 3, '+more').answer;
    await client.setattr(nodeId, setattrValid.mtime, { mtime: 1_000_000_000 }).answer;
    await client.release(handle);
    expect(await client.walk('t', 'folder', 'f')).toMatchObject({ nodeId, size: 8 });
    expect((await client.open(nodeId, 0)).flags).toBe(2);
    expect(statSync(join(host, 'folder', 'f')).mtimeMs).toBe(1e12);
  });

  test('a file that the person replaced or removed is looked up again', async () => {
    const { nodeId } = await client.walk('t', 'folder', 'f');
    rmSync(join(host, 'folder', 'f'));
    await expect(client.getattr(nodeId)).rejects.toEqual(fails(ESTALE));
    await expect(client.open(nodeId, 0)).rejects.toEqual(fails(ESTALE));
    await expect(client.walk('t', 'folder', 'f')).rejects.toEqual(fails(errno.ENOENT));
    writeFileSync(join(host, 'folder', 'new'), 'eff');
    renameSync(join(host, 'folder', 'new'), join(host, 'folder', 'f'));
    expect((await client.walk('t', 'folder', 'f')).nodeId).not.toBe(nodeId);
  });

  test('an open file stays usable after it was removed', async () => {
    const folder = await client.walk('t', 'folder');
    const { nodeId } = await client.lookup(folder.nodeId, 'f');
    const { handle } = await client.open(nodeId, 0);
    await client.ask(opcode.unlink, folder.nodeId, text('f'));
    expect((await client.read(handle, 0, 100)).toString()).toBe('eff');
    expect(await client.getattr(nodeId)).toMatchObject({ size: 3 });
    await client.release(handle);
    await expect(client.getattr(nodeId)).rejects.toEqual(fails(ESTALE));
  });
});

describe('directories', () => {
  beforeEach(() => start());

  test('are read in pieces, whatever is added and removed in the meantime', async () => {
    const all = Array.from({ length: 300 }, (_, index) => `name-${index}`);
    for (const name of all) writeFileSync(join(host, 'folder', 'd', name), '');
    const { nodeId } = await client.walk('t', 'folder', 'd');
    const seen: string[] = [];
    for (let offset = 0; ;) {
      const entries = await client.readdir(nodeId, offset, 1024);
      const last = entries.at(-1);
      if (!last) break;
      seen.push(...entries.map(({ name }) => name));
      offset = last.offset;
      rmSync(join(host, 'folder', 'd', last.name));
      if (seen.length < 200) writeFileSync(join(host, 'folder', 'd', `late-${offset}`), '');
      // Another reader starts, and the directory is listed again.
      await client.readdir(nodeId, 0, 1024);
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.filter((name) => name.startsWith('name-')).sort()).toEqual([...all].sort());
  });

  test('a piece without room for a name is empty', async () => {
    const { nodeId } = await client.walk('t', 'folder');
    expect(await client.readdir(nodeId, 0, 10)).toEqual([]);
  });

  test('nothing can be created above the folders', async () => {
    const task = await client.walk('t');
    for (const parent of [rootNodeId, task.nodeId]) {
      await expect(client.create(parent, 'x')).rejects.toEqual(fails(errno.EROFS));
      await expect(client.ask(opcode.mkdir, parent, bytes(u32(0o755, 0), text('x')))).rejects.toEqual(
        fails(errno.EROFS),
      );
      await expect(client.ask(opcode.unlink, parent, text('folder'))).rejects.toEqual(fails(errno.EROFS));
      await expect(client.ask(opcode.rmdir, parent, text('folder'))).rejects.toEqual(fails(errno.EROFS));
    }
    expect(await client.setattr(task.nodeId, setattrValid.mode).answer).toMatchObject({ error: errno.EROFS });
  });

  test("files can't move between folders", async () => {
    mkdirSync(join(host, 'out'));
    server.bind({ taskId: 't', area: 'outputs', files: openFolder(join(host, 'out')), isWritable: true });
    const [from, to] = [await client.walk('t', 'folder'), await client.walk('t', 'outputs')];
    const { nodeId } = await client.lookup(from.nodeId, 'f');
    await expect(client.ask(opcode.rename, from.nodeId, bytes(u64(to.nodeId), text('f'), text('f')))).rejects.toEqual(
      fails(errno.EXDEV),
    );
    await expect(client.ask(opcode.link, to.nodeId, bytes(u64(nodeId), text('f')))).rejects.toEqual(fails(errno.EXDEV));
  });

  test('no devices, and no other owner', async () => {
    const { nodeId } = await client.walk('t', 'folder');
    for (const mode of [0o020666, 0o060666]) {
      await expect(client.ask(opcode.mknod, nodeId, bytes(u32(mode, 0, 0, 0), text('x')))).rejects.toEqual(
        fails(errno.EPERM),
      );
    }
    await client.ask(opcode.mknod, nodeId, bytes(u32(0o100640, 0, 0, 0), text('x')));
    expect(statSync(join(host, 'folder', 'x')).mode & 0o777).toBe(0o640);
    expect(await client.setattr(nodeId, setattrValid.uid, { uid: 0 }).answer).toMatchObject({ error: errno.EPERM });
    expect(await client.setattr(nodeId, setattrValid.uid, { uid: 1000 }).answer).toMatchObject({ error: 0 });
  });
});

describe('folders', () => {
  beforeEach(() => start());

  test('an unbound folder is stale, and the kernel is notified', async () => {
    const task = await client.walk('t');
    const { nodeId } = await client.walk('t', 'folder', 'f');
    const { handle } = await client.open(nodeId, 0);
    server.unbind('t');
    await expect(client.getattr(nodeId)).rejects.toEqual(fails(ESTALE));
    await expect(client.read(handle, 0, 1)).rejects.toEqual(fails(ESTALE));
    await expect(client.walk('t')).rejects.toEqual(fails(errno.ENOENT));
    await expect(client.lookup(task.nodeId, 'folder')).rejects.toEqual(fails(errno.ENOENT));
    expect(client.notifications.map(({ code, body }) => [code, body.subarray(16).toString()])).toEqual([
      [3, 'folder\0'],
      [3, 't\0'],
    ]);
  });

  test('a folder that replaces another shares no node with it', async () => {
    const { nodeId } = await client.walk('t', 'folder', 'f');
    server.bind({ taskId: 't', area: 'folder', files: openFolder(join(host, 'folder')), isWritable: false });
    await expect(client.getattr(nodeId)).rejects.toEqual(fails(ESTALE));
    const again = await client.walk('t', 'folder', 'f');
    expect(again.nodeId).not.toBe(nodeId);
    await expect(client.open(again.nodeId, 2)).rejects.toEqual(fails(errno.EROFS));
  });

  test.each(['', '.', '..', 'a/b', 'a\0b'])("a task can't be called %j", (taskId) => {
    const files = openFolder(join(host, 'folder'));
    expect(() => server.bind({ taskId, area: 'folder', files, isWritable: true })).toThrow(new Errno('EINVAL'));
    files.close();
  });

  test('a second mount in the same stream starts again', async () => {
    const { nodeId } = await client.walk('t', 'folder', 'f');
    await client.ask(opcode.init, 0, bytes(u32(7, 41, 131_072, 0), Buffer.alloc(48)));
    await expect(client.getattr(nodeId)).rejects.toEqual(fails(ESTALE));
    await client.walk('t', 'folder', 'f');
  });

  test('a kernel that kept its mount gets ENOTCONN', async () => {
    const other = new FuseClient(server);
    await expect(other.lookup(rootNodeId, 't')).rejects.toEqual(fails(107));
  });
});

describe('limits', () => {
  test('open files of a task are limited', async () => {
    await start({ limits: { openFilesPerTask: 2 } });
    const { nodeId } = await client.walk('t', 'folder', 'f');
    const first = await client.open(nodeId, 0);
    await client.open(nodeId, 0);
    await expect(client.open(nodeId, 0)).rejects.toEqual(fails(errno.EMFILE));
    await client.release(first.handle);
    await client.open(nodeId, 0);
  });

  test('a message that is too long or too short ends the connection', async () => {
    await start();
    for (const length of [0, 39, 2 << 20]) {
      const other = await FuseClient.mounted(server);
      other.stream.write(u32(length, 1));
      await expect(other.walk('t')).rejects.toThrow('ended');
    }
    expect(logged.splice(0)).toHaveLength(3);
  });
});
