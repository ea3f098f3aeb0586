/** LSEEK, FALLOCATE and COPY_FILE_RANGE, as the kernel asks for them. */
import { closeSync, ftruncateSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { allocateFlag, opcode, seekFrom } from './fuse-protocol';
import { join as bytes, u32, u64 } from './test/fuse-client';
import { client, errno, fails, host, start, useServer } from './test/server-stage';

useServer();

const block = 4096;
const { keepSize, punchHole, zeroRange } = allocateFlag;
const [ENXIO, EBADF, EOPNOTSUPP] = [6, 9, 95];
const onHost = (name: string): string => join(host, 'folder', name);

function sparse(name: string, size: number, data: readonly number[]): void {
  const fd = openSync(onHost(name), 'w');
  ftruncateSync(fd, size);
  for (const at of data) writeSync(fd, 'data', at);
  closeSync(fd);
}
const opened = async (name: string, flags = 0) =>
  (await client.open((await client.walk('t', 'folder', name)).nodeId, flags)).handle;
const seek = async (handle: bigint, offset: number, whence: number): Promise<number> =>
  Number((await client.ask(opcode.lseek, 0, bytes(u64(handle, offset), u32(whence, 0)))).readBigUInt64LE(0));
const allocate = (handle: bigint, offset: number, length: number, mode = 0) =>
  client.ask(opcode.fallocate, 0, bytes(u64(handle, offset, length), u32(mode, 0)));
const copy = async (from: bigint, fromAt: number, to: bigint, toAt: number, length: number): Promise<number> =>
  (await client.ask(opcode.copyFileRange, 0, bytes(u64(from, fromAt, 0, to, toAt, length, 0)))).readUInt32LE(0);

describe('holes', () => {
  beforeEach(() => start());

  test('are found, so that a copy can stay sparse', async () => {
    sparse('s', 100 * block, [10 * block, 50 * block]);
    const handle = await opened('s');
    expect(await seek(handle, 0, seekFrom.data)).toBe(10 * block);
    expect(await seek(handle, 10 * block, seekFrom.hole)).toBe(11 * block);
    expect(await seek(handle, 11 * block, seekFrom.data)).toBe(50 * block);
    expect(await seek(handle, 3, seekFrom.hole)).toBe(3);
    await expect(seek(handle, 51 * block, seekFrom.data)).rejects.toEqual(fails(ENXIO));
    await expect(seek(handle, 100 * block, seekFrom.hole)).rejects.toEqual(fails(ENXIO));
  });

  test("aren't told while somebody may have written data that is not here yet", async () => {
    sparse('s', 100 * block, []);
    const reader = await opened('s');
    const writer = await opened('s', 2);
    await expect(seek(reader, 0, seekFrom.data)).rejects.toEqual(fails(errno.EINVAL));
    await client.release(writer);
    expect(await seek(reader, 0, seekFrom.hole)).toBe(0);
    await expect(seek(reader, 0, 2)).rejects.toEqual(fails(errno.EINVAL));
  });
});

describe('fallocate', () => {
  beforeEach(() => start());

  test('allocates what it promises, and keeps content', async () => {
    sparse('s', 10 * block, [5 * block]);
    const handle = await opened('s', 2);
    await allocate(handle, block, 30 * block);
    const { size, blocks } = statSync(onHost('s'));
    expect(size).toBe(31 * block);
    expect(blocks * 512).toBeGreaterThanOrEqual(30 * block);
    const content = readFileSync(onHost('s'));
    expect(content.subarray(5 * block, 5 * block + 4).toString()).toBe('data');
    expect(content.filter((byte) => byte !== 0)).toHaveLength(4);
    await allocate(handle, 0, block);
    expect(statSync(onHost('s')).size).toBe(31 * block);
  });

  test('makes holes, which free their space at the end of the file', async () => {
    writeFileSync(onHost('s'), Buffer.alloc(40 * block, 'x'));
    const handle = await opened('s', 2);
    await allocate(handle, 10, block, punchHole | keepSize);
    const content = readFileSync(onHost('s'));
    expect([content[9], content[10], content[10 + block - 1], content[10 + block]]).toEqual([120, 0, 0, 120]);
    await allocate(handle, 20 * block, 1000 * block, punchHole | keepSize);
    const { size, blocks } = statSync(onHost('s'));
    expect([size, blocks * 512 <= 24 * block]).toEqual([40 * block, true]);
    expect(
      readFileSync(onHost('s'))
        .subarray(20 * block)
        .every((byte) => byte === 0),
    ).toBe(true);
    await allocate(handle, 100 * block, block, punchHole | keepSize);
    expect(statSync(onHost('s')).size).toBe(40 * block);
  });

  test('writes zeros', async () => {
    writeFileSync(onHost('s'), Buffer.alloc(4 * block, 'x'));
    const handle = await opened('s', 2);
    await allocate(handle, 3 * block, 2 * block, zeroRange | keepSize);
    expect(statSync(onHost('s')).size).toBe(4 * block);
    await allocate(handle, 2 * block, 4 * block, zeroRange);
    expect(statSync(onHost('s')).size).toBe(6 * block);
    const content = readFileSync(onHost('s'));
    expect([content[2 * block - 1], content.subarray(2 * block).every((byte) => byte === 0)]).toEqual([120, true]);
  });

  test('refuses what it cannot do, with the number that programs expect', async () => {
    const handle = await opened('f', 2);
    for (const mode of [keepSize, punchHole, 8 /* collapse */, 32 /* insert */, 64 /* unshare */])
      await expect(allocate(handle, 0, block, mode)).rejects.toEqual(fails(EOPNOTSUPP));
    await expect(allocate(await opened('f'), 0, block)).rejects.toEqual(fails(EBADF));
    await expect(allocate(handle, 2 ** 53 - 4096, 2 ** 53 - 4096)).rejects.toEqual(fails(27));
    expect(readFileSync(onHost('f'), 'utf8')).toBe('eff');
  });
});

describe('a range', () => {
  beforeEach(() => start());

  test('is copied without going through the guest', async () => {
    writeFileSync(onHost('g'), '');
    const [from, to] = [await opened('f'), await opened('g', 2)];
    expect(await copy(from, 1, to, 10, 100)).toBe(2);
    expect(readFileSync(onHost('g'), 'latin1')).toBe(`${'\0'.repeat(10)}ff`);
    expect(await copy(from, 3, to, 0, 100)).toBe(0);
    await expect(copy(from, 0, await opened('g'), 0, 1)).rejects.toEqual(fails(EBADF));
  });

  test('that is large is copied in parts', async () => {
    writeFileSync(onHost('l'), Buffer.alloc(20 << 20, 'l'));
    writeFileSync(onHost('g'), '');
    const [from, to] = [await opened('l'), await opened('g', 2)];
    let at = 0;
    for (let count = -1; count !== 0; at += count) count = await copy(from, at, to, at, 2 ** 32 - 4096);
    expect(at).toBe(20 << 20);
    expect(readFileSync(onHost('g')).equals(readFileSync(onHost('l')))).toBe(true);
  });
});

test.each([
  ['fallocate', (handle: bigint) => allocate(handle, 0, block)],
  ['a copied range', (handle: bigint) => copy(handle, 0, handle, 10, 1)],
])('%s is a change of content for the gate', async (_, act) => {
  const asked: string[] = [];
  await start({
    gate: ({ kind }) => {
      asked.push(kind);
      return Promise.reject(Object.assign(new Error(), { code: 'EPERM' }));
    },
  });
  await expect(act(await opened('f', 2))).rejects.toEqual(fails(errno.EPERM));
  expect([asked, readFileSync(onHost('f'), 'utf8')]).toEqual([['content'], 'eff']);
});
