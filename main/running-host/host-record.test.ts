import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claimStateFolder, readHostRecord, releaseStateFolder } from './host-record';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'piwork-record-'));
  path = join(folder, 'host.json');
});
afterEach(() => rm(folder, { recursive: true }));

test('the first host claims the folder, the second learns about it', async () => {
  expect(await claimStateFolder(path, '/run/first.sock')).toBeNull();
  expect(await claimStateFolder(path, '/run/second.sock')).toMatchObject({
    pid: process.pid,
    socket: '/run/first.sock',
  });
  await releaseStateFolder(path);
  expect(await claimStateFolder(path, '/run/third.sock')).toBeNull();
});

test.each(['', '{"pid":', '{"pid":-1,"startedAt":"","socket":""}'])('a torn record %j names no host', async (text) => {
  await writeFile(path, text);
  expect(await claimStateFolder(path, '/run/new.sock')).toBeNull();
  expect(await readHostRecord(path)).toMatchObject({ socket: '/run/new.sock' });
});

test('a record of an earlier process with the same pid names no host', async () => {
  await writeFile(path, JSON.stringify({ pid: process.pid, startedAt: 'long ago', socket: '/run/old.sock' }));
  expect(await claimStateFolder(path, '/run/new.sock')).toBeNull();
});

test('of many at once, one claims it, even over a stale record, and nothing else is left', async () => {
  await writeFile(path, '{"torn');
  const holders = await Promise.all(Array.from({ length: 20 }, (_, at) => claimStateFolder(path, `/run/${at}.sock`)));
  expect(holders.filter((holder) => holder === null)).toHaveLength(1);
  expect(await readdir(folder)).toEqual(['host.json']);
});
