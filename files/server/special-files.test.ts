/** Named pipes and sockets: they exist for the guest only, and nothing of them is on the host. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openFolder } from '../confined/open-folder';
import { fileType, opcode, typeMask } from './fuse-protocol';
import type { IntendedChange } from './intended-change';
import { join as bytes, readEntry, text, u32, u64 } from './test/fuse-client';
import { client, errno, fails, host, server, start, useServer } from './test/server-stage';

useServer();

let folder: bigint;
const inFolder = async (): Promise<bigint> => (folder = (await client.walk('t', 'folder')).nodeId);
const mknod = async (name: string, mode: number, parent = folder) =>
  readEntry(await client.ask(opcode.mknod, parent, bytes(u32(mode, 0, 0, 0), text(name))));
const rename = (from: string, to: string, { flags = 0, toParent = folder } = {}) =>
  client.ask(opcode.rename2, folder, bytes(u64(toParent), u32(flags, 0), text(from), text(to)));
const unlink = (name: string, parent = folder) => client.ask(opcode.unlink, parent, text(name));
const names = async (): Promise<string[]> => (await client.readdir(folder)).map(({ name }) => name).slice(2);
const onHost = (...path: readonly string[]): string => join(host, 'folder', ...path);

describe('a special file', () => {
  beforeEach(async () => {
    await start();
    await inFolder();
  });

  test.each([
    ['named pipe', fileType.fifo],
    ['socket', fileType.socket],
  ])('that is a %s is made, found, listed and removed; the host sees nothing', async (_, type) => {
    const made = await mknod('s', type | 0o640);
    expect(made.mode).toBe(type | 0o640);
    expect((await client.lookup(folder, 's')).nodeId).toBe(made.nodeId);
    expect(await client.getattr(made.nodeId)).toEqual({ size: 0, mode: type | 0o640 });
    expect((await names()).sort()).toEqual(['d', 'f', 's']);
    expect(readdirSync(onHost()).sort()).toEqual(['d', 'f']);
    await unlink('s');
    await expect(client.lookup(folder, 's')).rejects.toEqual(fails(errno.ENOENT));
    expect((await names()).sort()).toEqual(['d', 'f']);
  });

  test("takes a name as any file does, and can't be a device", async () => {
    await mknod('s', fileType.fifo | 0o600);
    const taken = fails(errno.EEXIST);
    await expect(mknod('s', fileType.socket | 0o600)).rejects.toEqual(taken);
    await expect(mknod('f', fileType.fifo | 0o600)).rejects.toEqual(taken);
    await expect(client.ask(opcode.mkdir, folder, bytes(u32(0o755, 0), text('s')))).rejects.toEqual(taken);
    await expect(client.create(folder, 's')).rejects.toEqual(taken);
    await expect(client.ask(opcode.symlink, folder, bytes(text('s'), text('f')))).rejects.toEqual(taken);
    for (const device of [0o020000, 0o060000])
      await expect(mknod('dev', device | 0o600)).rejects.toEqual(fails(errno.EPERM));
    expect(readdirSync(onHost()).sort()).toEqual(['d', 'f']);
  });

  test('keeps its node and mode when it is moved, linked and changed', async () => {
    const { nodeId } = await mknod('s', fileType.fifo | 0o600);
    await client.setattr(nodeId, 1, { mode: 0o644 }).answer;
    await rename('s', 'inner', { toParent: (await client.lookup(folder, 'd')).nodeId });
    expect(await client.walk('t', 'folder', 'd', 'inner')).toMatchObject({ nodeId, mode: fileType.fifo | 0o644 });
    await client.ask(opcode.link, folder, bytes(u64(nodeId), text('second')));
    expect((await client.lookup(folder, 'second')).nodeId).toBe(nodeId);
    await unlink('second');
    expect((await client.walk('t', 'folder', 'd', 'inner')).nodeId).toBe(nodeId);
  });

  test('moves with its folder, which is not empty while it is there', async () => {
    const d = (await client.lookup(folder, 'd')).nodeId;
    await mknod('s', fileType.fifo | 0o600, d);
    await expect(client.ask(opcode.rmdir, folder, text('d'))).rejects.toEqual(fails(errno.ENOTEMPTY));
    await client.ask(opcode.mkdir, folder, bytes(u32(0o755, 0), text('e')));
    await expect(rename('e', 'd')).rejects.toEqual(fails(errno.ENOTEMPTY));
    await rename('d', 'moved');
    expect((await client.walk('t', 'folder', 'moved', 's')).mode & typeMask).toBe(fileType.fifo);
    await unlink('s', (await client.lookup(folder, 'moved')).nodeId);
    await client.ask(opcode.rmdir, folder, text('moved'));
    expect(existsSync(onHost('moved'))).toBe(false);
  });

  test('replaces another, is replaced by a file, and replaces no file', async () => {
    await mknod('s', fileType.fifo | 0o600);
    const other = await mknod('t', fileType.socket | 0o600);
    await expect(rename('t', 's', { flags: 1 })).rejects.toEqual(fails(errno.EEXIST));
    await rename('t', 's');
    expect((await client.lookup(folder, 's')).nodeId).toBe(other.nodeId);
    await expect(rename('s', 'f')).rejects.toEqual(fails(errno.EPERM));
    expect(readFileSync(onHost('f'), 'utf8')).toBe('eff');
    await expect(rename('d', 's')).rejects.toEqual(fails(errno.ENOTDIR));
    await expect(rename('s', 'd')).rejects.toEqual(fails(errno.EISDIR));
    await rename('f', 's');
    expect((await client.lookup(folder, 's')).mode & typeMask).toBe(fileType.file);
    expect(readdirSync(onHost()).sort()).toEqual(['d', 's']);
  });

  test('gives way to what a program on the host creates, and goes with its folder', async () => {
    await mknod('s', fileType.fifo | 0o600);
    writeFileSync(onHost('s'), 'a file');
    expect((await client.lookup(folder, 's')).mode & typeMask).toBe(fileType.file);
    await mknod('inner', fileType.fifo | 0o600, (await client.lookup(folder, 'd')).nodeId);
    rmSync(onHost('d'), { recursive: true });
    mkdirSync(onHost('e'));
    await expect(client.lookup(folder, 'd')).rejects.toEqual(fails(errno.ENOENT));
    expect((await names()).sort()).toEqual(['e', 'f', 's']);
  });

  test('changes the times of its folder and its own, as any file does', async () => {
    const d = (await client.lookup(folder, 'd')).nodeId;
    const times = async (nodeId: bigint) => {
      const body = await client.ask(opcode.getattr, nodeId, bytes(u32(0, 0), u64(0)));
      const at = (seconds: number, rest: number) =>
        body.readBigUInt64LE(seconds) * 1_000_000_000n + BigInt(body.readUInt32LE(rest));
      return { mtime: at(48, 68), ctime: at(56, 72) };
    };
    let last = await times(d);
    const laterThanLast = async (): Promise<void> => {
      const now = await times(d);
      expect([now.mtime > last.mtime, now.ctime > last.ctime]).toEqual([true, true]);
      last = now;
    };
    const { nodeId } = await mknod('s', fileType.fifo | 0o600, d);
    await laterThanLast();
    let own = (await times(nodeId)).ctime;
    const hasChanged = async (): Promise<void> => {
      const now = (await times(nodeId)).ctime;
      expect(now > own).toBe(true);
      own = now;
    };
    await client.ask(opcode.link, d, bytes(u64(nodeId), text('second')));
    await laterThanLast();
    await hasChanged();
    await unlink('second', d);
    await laterThanLast();
    await hasChanged();
    await client.ask(opcode.rename2, d, bytes(u64(d), u32(0, 0), text('s'), text('r')));
    await laterThanLast();
    await hasChanged();
    await client.setattr(d, 32, { mtime: 1 }).answer;
    expect((await times(d)).mtime).toBe(1_000_000_000n);
  });

  test('is gone when its folder is handed over again', async () => {
    await mknod('s', fileType.fifo | 0o600);
    server.bind({ taskId: 't', area: 'folder', files: openFolder(join(host, 'folder')), isWritable: true });
    await inFolder();
    await expect(client.lookup(folder, 's')).rejects.toEqual(fails(errno.ENOENT));
  });

  test('exists only so often', async () => {
    server.close();
    await start({ limits: { specialFiles: 2 } });
    await inFolder();
    await mknod('1', fileType.fifo | 0o600);
    await mknod('2', fileType.fifo | 0o600);
    await expect(mknod('3', fileType.fifo | 0o600)).rejects.toEqual(fails(28));
    await unlink('1');
    await mknod('3', fileType.fifo | 0o600);
  });
});

test("a change of one is described to the gate as the agent's own", async () => {
  const asked: IntendedChange[] = [];
  await start({ gate: (change) => void asked.push(change) });
  await inFolder();
  await mknod('s', fileType.fifo | 0o600);
  await unlink('s');
  expect(asked.map(({ kind, status }) => [kind, status?.special])).toEqual([
    ['create', undefined],
    ['remove', 'fifo'],
  ]);
});
