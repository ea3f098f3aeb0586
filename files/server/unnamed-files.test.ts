/** Files without a name, as the kernel asks for them and links them. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFolder } from '../confined/open-folder';
import { SharedFolder } from '../folder/folder-layer';
import { Journal } from '../journal/journal';
import { planTakeBack } from '../journal/take-back/plan';
import { takeBack } from '../journal/take-back/take-back';
import { opcode } from './fuse-protocol';
import { join as bytes, readEntry, text, u32, u64 } from './test/fuse-client';
import { client, errno, fails, host, server, start, useServer } from './test/server-stage';

useServer();

let folder: bigint;
const onHost = (...path: readonly string[]): string => join(host, 'folder', ...path);
const inFolder = async (): Promise<bigint> => (folder = (await client.walk('t', 'folder')).nodeId);
async function tmpfile(parent = folder) {
  const body = await client.ask(opcode.tmpfile, parent, bytes(u32(0o20200002, 0o640, 0, 0), text('/')));
  return { ...readEntry(body), links: body.readUInt32LE(104), handle: body.readBigUInt64LE(128) };
}
const link = (nodeId: bigint, name: string, parent = folder) =>
  client.ask(opcode.link, parent, bytes(u64(nodeId), text(name)));
const names = async (): Promise<string[]> =>
  (await client.readdir(folder))
    .map(({ name }) => name)
    .slice(2)
    .sort();

describe('a file without a name', () => {
  beforeEach(async () => {
    await start();
    await inFolder();
  });

  test("isn't listed, can be written and read, and is gone when it is closed", async () => {
    const { handle, links, mode } = await tmpfile();
    expect([links, mode]).toEqual([0, 0o100640]);
    await client.write(handle, 0, 'hi').answer;
    expect((await client.read(handle, 0, 10)).toString()).toBe('hi');
    expect(await names()).toEqual(['d', 'f']);
    await client.release(handle);
    expect(readdirSync(onHost()).sort()).toEqual(['d', 'f']);
  });

  test('gets a name and stays the same file', async () => {
    const { nodeId, handle } = await tmpfile();
    await client.write(handle, 0, 'hi').answer;
    await expect(link(nodeId, 'f')).rejects.toEqual(fails(errno.EEXIST));
    await link(nodeId, 'named', (await client.lookup(folder, 'd')).nodeId);
    expect((await client.walk('t', 'folder', 'd', 'named')).nodeId).toBe(nodeId);
    await client.write(handle, 2, '!').answer;
    await client.release(handle);
    expect(readFileSync(onHost('d', 'named'), 'utf8')).toBe('hi!');
    expect(readdirSync(onHost()).sort()).toEqual(['d', 'f']);
    await link(nodeId, 'second');
    expect(readFileSync(onHost('second'), 'utf8')).toBe('hi!');
  });

  test("doesn't keep its folder, and moves with it", async () => {
    const d = (await client.lookup(folder, 'd')).nodeId;
    const moved = await tmpfile(d);
    await client.ask(opcode.rename2, folder, bytes(u64(folder), u32(0, 0), text('d'), text('e')));
    await link(moved.nodeId, 'named', d);
    expect(existsSync(onHost('e', 'named'))).toBe(true);
    await client.release(moved.handle);
    await client.ask(opcode.unlink, d, text('named'));
    const kept = await tmpfile(d);
    await client.ask(opcode.rmdir, folder, text('e'));
    await client.write(kept.handle, 0, 'still').answer;
    expect((await client.read(kept.handle, 0, 10)).toString()).toBe('still');
    await client.release(kept.handle);
    expect(readdirSync(onHost())).toEqual(['f']);
  });

  test('is gone when its folder is no longer bound', async () => {
    await tmpfile();
    server.unbind('t');
    expect(readdirSync(onHost()).sort()).toEqual(['d', 'f']);
  });
});

test('is in the journal: a turn with one is undone, and what a crash leaves too', async () => {
  await start();
  const store = mkdtempSync(join(tmpdir(), 'piwork-unnamed-'));
  mkdirSync(onHost('j'));
  writeFileSync(onHost('j', 'a'), 'a');
  const open = (): Journal =>
    Journal.open(store, {
      areas: { folder: { files: openFolder(onHost('j')), path: onHost('j') } },
      isSynced: false,
      soon: () => undefined,
    });
  const journal = open();
  const turn = journal.beginTurn({ leaf: null, promptId: null });
  const files = new SharedFolder(journal.folder('folder'));
  server.bind({ taskId: 't', area: 'folder', files, isWritable: true });
  await inFolder();
  const first = await tmpfile();
  await client.write(first.handle, 0, 'linked').answer;
  await link(first.nodeId, 'b');
  const left = await tmpfile();
  await client.write(left.handle, 0, 'left').answer;
  expect(readdirSync(onHost('j'))).toHaveLength(3);
  // As after kill -9: nothing is closed.
  const after = open();
  const result = await takeBack(after, planTakeBack(after, { turns: [turn] }));
  expect(result.left).toEqual([]);
  expect(readdirSync(onHost('j'))).toEqual(['a']);
  after.close();
  rmSync(store, { recursive: true });
});
