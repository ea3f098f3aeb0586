/** Files with holes in the journal: what the guest does to ranges is undone, and copies keep their holes. */
import { closeSync, ftruncateSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { FileServer } from '../server/file-server';
import { allocateFlag, opcode } from '../server/fuse-protocol';
import { FuseClient, join as bytes, u32, u64 } from '../server/test/fuse-client';
import { SharedFolder } from '../folder/folder-layer';
import { names, overwrite, setUp } from './test/journal-stage';
import { treeDigest } from './test/tree-digest';
import { planTakeBack } from './take-back/plan';
import { takeBack } from './take-back/take-back';

const mib = 1 << 20;

function sparse(path: string, size: number, at: number): void {
  const fd = openSync(path, 'w');
  ftruncateSync(fd, size);
  writeSync(fd, 'data', at);
  closeSync(fd);
}

test('holes, allocated space and copied ranges are undone', async () => {
  const { root, at, open } = setUp();
  writeFileSync(at('full'), Buffer.alloc(100_000, 'x'));
  writeFileSync(at('end'), Buffer.alloc(100_000, 'y'));
  sparse(at('sparse'), 100_000, 50_000);
  const before = treeDigest(root);
  const journal = open();
  const turn = journal.beginTurn(names);
  const server = new FileServer({ uid: 1000, gid: 1000 });
  const files = new SharedFolder(journal.folder('folder'));
  server.bind({ taskId: 't', area: 'folder', files, isWritable: true });
  const client = await FuseClient.mounted(server);
  const opened = async (name: string) => (await client.open((await client.walk('t', 'folder', name)).nodeId, 2)).handle;
  const [full, end, holes] = [await opened('full'), await opened('end'), await opened('sparse')];
  const punch = allocateFlag.punchHole | allocateFlag.keepSize;
  await client.ask(opcode.fallocate, 0, bytes(u64(full, 10_000, 20_000), u32(punch, 0)));
  await client.ask(opcode.fallocate, 0, bytes(u64(end, 10_000, 200_000), u32(punch, 0)));
  await client.ask(opcode.fallocate, 0, bytes(u64(holes, 0, 200_000), u32(0, 0)));
  await client.ask(opcode.copyFileRange, 0, bytes(u64(full, 0, 0, holes, 40_000, 20_000, 0)));
  expect(treeDigest(root)).not.toEqual(before);
  for (const handle of [full, end, holes]) await client.release(handle);
  server.close();
  journal.endTurn();
  const { left } = await takeBack(journal, planTakeBack(journal, { turns: [turn] }));
  expect(left).toEqual([]);
  expect(treeDigest(root)).toEqual(before);
  journal.close();
});

test('a large file with little in it is kept with its holes, and comes back so', async () => {
  const { root, at, open } = setUp({ maxFileBytes: 40 * mib });
  sparse(at('s'), 128 * mib, 100 * mib);
  const before = treeDigest(root);
  const journal = open();
  const warnings: unknown[] = [];
  journal.onWarning((warning) => warnings.push(warning));
  const turn = journal.beginTurn(names);
  overwrite(journal.folder('folder'), 's', 'small');
  journal.endTurn();
  expect([warnings, readFileSync(at('s'), 'utf8')]).toEqual([[], 'small']);
  const { left } = await takeBack(journal, planTakeBack(journal, { turns: [turn] }));
  expect(left).toEqual([]);
  expect(treeDigest(root)).toEqual(before);
  expect(statSync(at('s')).blocks * 512).toBeLessThan(mib);
  journal.close();
});

test('one that is much too large is still reported', () => {
  const { at, open } = setUp({ maxFileBytes: mib });
  sparse(at('s'), 5 * mib, 0);
  const journal = open();
  const warnings: unknown[] = [];
  journal.onWarning((warning) => warnings.push(warning));
  journal.beginTurn(names);
  overwrite(journal.folder('folder'), 's', 'small');
  expect(warnings).toMatchObject([{ reason: 'file-too-large', size: 5 * mib }]);
  journal.close();
});
