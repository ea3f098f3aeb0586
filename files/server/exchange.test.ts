/** RENAME_EXCHANGE, as the kernel asks for it. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileType, opcode } from './fuse-protocol';
import type { IntendedChange } from './intended-change';
import { join as bytes, text, u32, u64 } from './test/fuse-client';
import { client, errno, fails, host, start, useServer } from './test/server-stage';

useServer();

const onHost = (...path: readonly string[]): string => join(host, 'folder', ...path);
const content = (...path: readonly string[]): string => readFileSync(onHost(...path), 'utf8');
let folder: bigint;
const exchange = async (one: string, other: string, toParent = folder) =>
  client.ask(opcode.rename2, folder, bytes(u64(toParent), u32(2, 0), text(one), text(other)));

async function ready(gate?: (change: IntendedChange) => Promise<void> | void): Promise<void> {
  writeFileSync(onHost('g'), 'gee');
  writeFileSync(onHost('d', 'inner'), 'inner');
  await start(gate ? { gate } : {});
  folder = (await client.walk('t', 'folder')).nodeId;
}

test('two files change places and keep their nodes', async () => {
  await ready();
  const [f, g] = [await client.lookup(folder, 'f'), await client.lookup(folder, 'g')];
  await exchange('f', 'g');
  expect([content('f'), content('g')]).toEqual(['gee', 'eff']);
  expect((await client.lookup(folder, 'f')).nodeId).toBe(g.nodeId);
  expect((await client.lookup(folder, 'g')).nodeId).toBe(f.nodeId);
  const { handle } = await client.open(f.nodeId, 0);
  expect((await client.read(handle, 0, 10)).toString()).toBe('eff');
  expect(readdirSync(onHost()).sort()).toEqual(['d', 'f', 'g']);
});

test('a file and a folder, and names in two folders', async () => {
  await ready();
  await exchange('f', 'd');
  expect([content('d'), content('f', 'inner')]).toEqual(['eff', 'inner']);
  await exchange('g', 'inner', (await client.lookup(folder, 'f')).nodeId);
  expect([content('g'), content('f', 'inner')]).toEqual(['inner', 'gee']);
  expect((await client.walk('t', 'folder', 'f', 'inner')).mode).toBe(fileType.file | 0o644);
});

test('both must exist, and neither inside the other', async () => {
  await ready();
  await expect(exchange('f', 'missing')).rejects.toEqual(fails(errno.ENOENT));
  await expect(exchange('missing', 'f')).rejects.toEqual(fails(errno.ENOENT));
  const d = (await client.lookup(folder, 'd')).nodeId;
  await expect(exchange('d', 'inner', d)).rejects.toEqual(fails(errno.EINVAL));
  await exchange('f', 'f');
  await expect(client.ask(opcode.rename2, folder, bytes(u64(folder), u32(3, 0), text('f'), text('g')))).rejects.toEqual(
    fails(errno.EINVAL),
  );
  expect([content('f'), content('g'), content('d', 'inner')]).toEqual(['eff', 'gee', 'inner']);
});

test('with a named pipe, which is not on the host', async () => {
  await ready();
  await client.ask(opcode.mknod, folder, bytes(u32(fileType.fifo | 0o600, 0, 0, 0), text('p')));
  await exchange('p', 'f');
  expect((await client.lookup(folder, 'f')).mode).toBe(fileType.fifo | 0o600);
  expect(content('p')).toBe('eff');
});

test('the gate is told of both, and can refuse', async () => {
  const asked: IntendedChange[] = [];
  await ready((change) => {
    asked.push(change);
    return Promise.reject(Object.assign(new Error(), { code: 'EPERM' }));
  });
  await expect(exchange('f', 'd')).rejects.toEqual(fails(errno.EPERM));
  expect(asked).toMatchObject([
    { kind: 'exchange', names: ['f'], to: ['d'], status: { kind: 'file' }, target: { kind: 'directory' } },
  ]);
  expect(content('f')).toBe('eff');
});
