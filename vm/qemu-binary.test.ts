import { chmod, mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findQemu } from './qemu-binary';

let folder: string;
let program: string;
let cache: string;
let asked: string;

const install = async (version: string): Promise<void> => {
  await writeFile(program, `#!/bin/sh\necho x >> ${asked}\necho "QEMU emulator version ${version} (test) -sandbox"\n`);
  await chmod(program, 0o755);
};
const timesAsked = (): Promise<number> =>
  readFile(asked, 'utf8').then(
    (text) => text.split('\n').length - 1,
    () => 0,
  );

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'piwork-qemu-'));
  program = join(folder, 'qemu');
  cache = join(folder, 'cache');
  asked = join(folder, 'asked');
  await install('7.2.1');
});
afterEach(() => rm(folder, { recursive: true }));

test('asks a binary once and remembers the answer', async () => {
  const first = await findQemu(cache, program);
  expect(first).toEqual({ command: program, version: '7.2.1', canSandbox: true });
  expect(await timesAsked()).toBe(2);
  expect(await findQemu(cache, program)).toEqual(first);
  expect(await timesAsked()).toBe(2);
});

test('asks again after an update, even one of the same size', async () => {
  await findQemu(cache, program);
  await install('7.2.2');
  await utimes(program, new Date(), new Date(Date.now() + 5_000));
  expect((await findQemu(cache, program)).version).toBe('7.2.2');
  expect(await timesAsked()).toBe(4);
});

test('asks again when the remembered answer is damaged', async () => {
  await findQemu(cache, program);
  await writeFile(join(cache, 'qemu.json'), '{"binary":');
  expect((await findQemu(cache, program)).version).toBe('7.2.1');
});

test("answers when the cache can't be written", async () => {
  await writeFile(cache, 'a file where the folder would be');
  expect((await findQemu(cache, program)).version).toBe('7.2.1');
});

test('names a missing QEMU, even one that it remembers', async () => {
  await findQemu(cache, program);
  await rm(program);
  await expect(findQemu(cache, program)).rejects.toMatchObject({ reason: 'qemu_missing' });
});

test('finds a program in the search path', async () => {
  await mkdir(join(folder, 'empty'));
  const path = process.env['PATH'];
  process.env['PATH'] = [join(folder, 'empty'), folder].join(':');
  try {
    await findQemu(cache, 'qemu');
    await findQemu(cache, 'qemu');
  } finally {
    process.env['PATH'] = path;
  }
  expect(await timesAsked()).toBe(2);
});
