import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTime } from '../../node/process-start';
import { endOrphan, forgetQemu, recordQemu } from './orphans';

let folder = '';
let pidFile = '';
let child: ChildProcess;
let ended: Promise<NodeJS.Signals | null>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'piwork-orphans-'));
  pidFile = join(folder, 'qemu.json');
  child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  ended = new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
  await new Promise((resolve) => child.once('spawn', resolve));
});
afterEach(async () => {
  child.kill('SIGKILL');
  await ended;
  await rm(folder, { recursive: true, force: true });
});

const pidOf = (process: ChildProcess): number => process.pid ?? -1;
const isLinux = process.platform === 'linux';
const onLinux = isLinux ? test : test.skip;

onLinux('a recorded process that still runs is ended, and the record with it', async () => {
  recordQemu(pidFile, pidOf(child));
  expect((await stat(pidFile)).mode & 0o777).toBe(0o600);
  expect(await endOrphan(pidFile)).toBe(child.pid);
  expect(await ended).toBe('SIGKILL');
  expect(await endOrphan(pidFile)).toBeNull();
  await expect(stat(pidFile)).rejects.toThrow('ENOENT');
});

onLinux('a process that has the pid of a recorded one, and is another, lives', async () => {
  recordQemu(pidFile, pidOf(child));
  const record = JSON.parse(await readFile(pidFile, 'utf8')) as { startedAt: string };
  await writeFile(pidFile, JSON.stringify({ ...record, startedAt: String(Number(record.startedAt) - 1) }));
  expect(await endOrphan(pidFile)).toBeNull();
  expect(child.exitCode).toBeNull();
  expect(startTime(pidOf(child))).toBe(record.startedAt);
  await expect(stat(pidFile)).rejects.toThrow('ENOENT');
});

test("a process whose start time is unknown isn't ended", async () => {
  await writeFile(pidFile, JSON.stringify({ pid: child.pid, startedAt: '' }));
  expect(await endOrphan(pidFile)).toBeNull();
  expect(child.exitCode).toBeNull();
});

test.each(['', '{"pid":', '{"pid":-1,"startedAt":"1"}', '{"pid":1}', 'null'])(
  'an unreadable record names no process, and is removed: %j',
  async (text) => {
    await writeFile(pidFile, text);
    expect(await endOrphan(pidFile)).toBeNull();
    await expect(stat(pidFile)).rejects.toThrow('ENOENT');
  },
);

test('a process that is gone has no start time, and forgetting twice is harmless', async () => {
  child.kill('SIGKILL');
  await ended;
  expect(startTime(pidOf(child))).toBe('');
  recordQemu(pidFile, pidOf(child));
  forgetQemu(pidFile);
  forgetQemu(pidFile);
  expect(await endOrphan(pidFile)).toBeNull();
});
