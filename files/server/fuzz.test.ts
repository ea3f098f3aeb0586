import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFolder } from '../confined/open-folder';
import { seeded } from '../confined/test/random';
import { FileServer } from './file-server';
import { opcode } from './fuse-protocol';
import { duplexPair } from './test/duplex-pair';
import { type FoundEntry, FuseClient, join as bytes, text, u32, u64 } from './test/fuse-client';

const silent: readonly number[] = [opcode.forget, opcode.batchForget, opcode.interrupt];

let base: string;
let server: FileServer;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'piwork-fuzz-'));
  mkdirSync(join(base, 'folder', 'd'), { recursive: true });
  writeFileSync(join(base, 'secret'), 'SECRET');
  writeFileSync(join(base, 'folder', 'f'), 'eff');
  symlinkSync('../secret', join(base, 'folder', 'l'));
  server = new FileServer({ uid: 0, gid: 0 });
  server.bind({ taskId: 't', area: 'folder', files: openFolder(join(base, 'folder')), isWritable: true });
});
afterEach(() => {
  server.close();
  expect(readFileSync(join(base, 'secret'), 'utf8')).toBe('SECRET');
  expect(readdirSync(base).sort()).toEqual(['folder', 'secret']);
  rmSync(base, { recursive: true });
});

test('random bytes end the connection or are answered, and the next connection is served', async () => {
  const next = seeded(1);
  for (let round = 0; round < 300; round += 1) {
    const [near, far] = duplexPair();
    near.resume();
    server.serve(far);
    for (let piece = 0; piece < 5; piece += 1) {
      const chunk = Buffer.from(Array.from({ length: 1 + next(200) }, () => next(256)));
      // Half of the messages look like requests.
      if (next(2) === 0 && chunk.length >= 40) chunk.writeUInt32LE(chunk.length, 0);
      if (!near.writableEnded && !near.destroyed) near.write(chunk);
    }
  }
  const client = await FuseClient.mounted(server);
  expect((await client.walk('t', 'folder', 'f')).size).toBe(3);
});

/** Bodies of every request that the server knows, about existing nodes. */
function bodies(folder: FoundEntry, file: FoundEntry, handle: bigint): readonly (readonly [number, bigint, Buffer])[] {
  const [inFolder, ofFile] = [folder.nodeId, file.nodeId];
  const place = bytes(u64(handle, 0), u32(4096, 0), u64(0), u32(0, 0));
  return [
    [opcode.lookup, inFolder, text('f')],
    [opcode.lookup, 1n, text('t')],
    [opcode.forget, ofFile, u64(1)],
    [opcode.batchForget, 0n, bytes(u32(1, 0), u64(ofFile, 1))],
    [opcode.getattr, ofFile, bytes(u32(1, 0), u64(handle))],
    [opcode.setattr, ofFile, bytes(u32(0x1ff, 0), u64(handle, 5, 0, 1, 1, 1), u32(0, 0, 0, 0o644, 0, 0, 0, 0))],
    [opcode.readlink, inFolder, Buffer.alloc(0)],
    [opcode.symlink, inFolder, bytes(text('s'), text('target'))],
    [opcode.mknod, inFolder, bytes(u32(0o100644, 0, 0, 0), text('n'))],
    [opcode.mkdir, inFolder, bytes(u32(0o755, 0), text('m'))],
    [opcode.unlink, inFolder, text('s')],
    [opcode.rmdir, inFolder, text('m')],
    [opcode.rename, inFolder, bytes(u64(inFolder), text('n'), text('o'))],
    [opcode.rename2, inFolder, bytes(u64(inFolder), u32(1, 0), text('o'), text('n'))],
    [opcode.link, inFolder, bytes(u64(ofFile), text('h'))],
    [opcode.open, ofFile, u32(0o1002, 0)],
    [opcode.create, inFolder, bytes(u32(2, 0o644, 0, 0), text('c'))],
    [opcode.read, ofFile, place],
    [opcode.write, ofFile, bytes(u64(handle, 0), u32(4, 0), u64(0), u32(0, 0), Buffer.from('data'))],
    [opcode.statfs, inFolder, Buffer.alloc(0)],
    [opcode.fsync, ofFile, bytes(u64(handle), u32(0, 0))],
    [opcode.readdir, inFolder, place],
    [opcode.readdirplus, inFolder, place],
    [opcode.interrupt, 0n, u64(2)],
    [opcode.ioctl, ofFile, Buffer.alloc(32)],
    [22, ofFile, Buffer.alloc(16)],
    [4096, ofFile, Buffer.alloc(8)],
  ];
}

test('every mutated request is answered once', async () => {
  const next = seeded(2);
  for (let round = 0; round < 40; round += 1) {
    const client = await FuseClient.mounted(server);
    const folder = await client.walk('t', 'folder');
    const made = await client.create(folder.nodeId, `made-${round}`);
    const known = bodies(folder, made, made.handle);
    const sent: Promise<unknown>[] = [];
    for (let index = 0; index < 150; index += 1) {
      const [code, nodeId, body] = known[next(known.length)]!;
      const mutated = mutate(body, next);
      const node = next(20) === 0 ? BigInt(next(2 ** 31)) : nodeId;
      const { answer } = client.send(code, node, mutated);
      if (!silent.includes(code)) sent.push(answer);
    }
    const answers = await Promise.all(sent);
    expect(client.isEnded).toBe(false);
    expect(answers).not.toContain(null);
    expect(new Set(client.answered).size).toBe(client.answered.length);
  }
});

function mutate(body: Buffer, next: (below: number) => number): Buffer {
  const mutated = Buffer.from(body);
  for (let count = next(4); count > 0 && mutated.length > 0; count -= 1) {
    mutated[next(mutated.length)] = [0, 0xff, 0x2e, 0x2f, next(256)][next(5)]!;
  }
  if (next(6) === 0) return mutated.subarray(0, next(mutated.length + 1));
  return next(10) === 0 ? Buffer.concat([mutated, Buffer.alloc(next(64), 0x2e)]) : mutated;
}

const hostile = ['', '.', '..', '/', '../secret', 'd/../../secret', '/etc/passwd', 'x'.repeat(256)];

test.each(hostile)('the name %j is refused by every request', async (name) => {
  const client = await FuseClient.mounted(server);
  const { nodeId } = await client.walk('t', 'folder');
  const file = await client.lookup(nodeId, 'f');
  const requests: readonly (readonly [number, Buffer])[] = [
    [opcode.lookup, text(name)],
    [opcode.mkdir, bytes(u32(0o755, 0), text(name))],
    [opcode.mknod, bytes(u32(0o100644, 0, 0, 0), text(name))],
    [opcode.symlink, bytes(text(name), text('x'))],
    [opcode.link, bytes(u64(file.nodeId), text(name))],
    [opcode.unlink, text(name)],
    [opcode.rmdir, text(name)],
    [opcode.rename, bytes(u64(nodeId), text(name), text('x'))],
    [opcode.rename, bytes(u64(nodeId), text('f'), text(name))],
    [opcode.rename2, bytes(u64(nodeId), u32(0, 0), text('f'), text(name))],
    [opcode.create, bytes(u32(2, 0o644, 0, 0), text(name))],
  ];
  for (const parent of [nodeId, 1n]) {
    for (const [code, body] of requests) {
      const answer = await client.send(code, parent, body).answer;
      expect([2, 22, 30, 36]).toContain(answer?.error);
    }
  }
  expect(readdirSync(join(base, 'folder')).sort()).toEqual(['d', 'f', 'l']);
});

test('a link is reported as a link and never opened', async () => {
  const client = await FuseClient.mounted(server);
  const link = await client.walk('t', 'folder', 'l');
  expect(link.mode & 0o170000).toBe(0o120000);
  expect((await client.ask(opcode.readlink, link.nodeId)).toString()).toBe('../secret');
  await expect(client.open(link.nodeId, 0)).rejects.toMatchObject({ errno: 40 });
  await expect(client.lookup(link.nodeId, 'x')).rejects.toMatchObject({ errno: 20 });
  expect(await client.setattr(link.nodeId, 1, { mode: 0o777 }).answer).toMatchObject({ error: 95 });
});
