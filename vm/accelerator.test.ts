import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Accelerator } from '../schema/vm-api';
import { candidates, chooseAccelerator, selfTest, type ChoiceOptions } from './accelerator';
import type { Pack } from './pack';

const pack = {
  manifest: { files: { kernel: { sha256: 'ab'.repeat(32) } } },
  kernel: '/k',
  initrd: '/i',
  root: '/r',
  piwork: '/p',
} as unknown as Pack;

let folder = '';
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'piwork-accelerator-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Chooses with a test that succeeds for `works`, and records what was tried. */
async function choose(works: boolean, over: Partial<ChoiceOptions> = {}): Promise<[Accelerator, Accelerator[]]> {
  const tried: Accelerator[] = [];
  const choice = await chooseAccelerator({
    qemu: { command: 'qemu', version: '7.2.0', canSandbox: true },
    pack,
    cacheFolder: join(folder, 'cache'),
    platform: 'linux',
    test: async (_qemu, _pack, candidate) => {
      tried.push(candidate);
      return works;
    },
    onTest: () => undefined,
    ...over,
  });
  return [choice, tried];
}

test.each([
  ['linux', true, 'kvm', ['kvm']],
  ['darwin', true, 'hvf', ['hvf']],
  ['win32', true, 'whpx', ['whpx']],
  ['linux', false, 'tcg', ['kvm']],
  ['freebsd', true, 'tcg', []],
] as const)('on %s, when its accelerator works: %s', async (platform, works, choice, tried) => {
  expect(await choose(works, { platform })).toEqual([choice, tried]);
  expect(candidates(platform)).toEqual(tried);
});

test('remembers a choice until QEMU, the pack or the machine changes', async () => {
  expect(await choose(false)).toEqual(['tcg', ['kvm']]);
  expect(await choose(true)).toEqual(['tcg', []]);
  expect(await choose(true, { qemu: { command: 'qemu', version: '8.0.0', canSandbox: true } })).toEqual([
    'kvm',
    ['kvm'],
  ]);
});

test.each(['', '{"machine":', '{"machine":7}'])('an unreadable memory counts as none: %j', async (text) => {
  await choose(false);
  await writeFile(join(folder, 'cache', 'accelerator.json'), text);
  expect(await choose(true)).toEqual(['kvm', ['kvm']]);
  expect(JSON.parse(await readFile(join(folder, 'cache', 'accelerator.json'), 'utf8'))).toMatchObject({
    choice: 'kvm',
  });
});

describe('the self-test', () => {
  const patient = 20_000;
  const hurried = 250;

  /** A program in place of QEMU; `$control` is the path of the control socket. */
  async function play(script: string, budgetMs: number): Promise<boolean> {
    const command = join(folder, 'qemu');
    const lines = [
      '#!/usr/bin/env node',
      "const control = process.argv.find((word) => word.startsWith('socket,id=control')).split('path=')[1];",
      "const connect = () => require('node:net').connect(control);",
      script,
    ];
    await writeFile(command, lines.join('\n'));
    await chmod(command, 0o755);
    return selfTest({ command, version: '1', canSandbox: false }, pack, 'kvm', budgetMs);
  }

  test.each([
    [
      'the guest answers',
      patient,
      "connect().write('noise\\npiwork-selftest-ok\\n'); setInterval(() => {}, 1000)",
      true,
    ],
    ['it answers and ends', patient, "connect().end('piwork-selftest-ok\\n')", true],
    ['it ends without an answer', patient, 'process.exit(1)', false],
    ['it connects and ends', patient, "connect().end('piwork-self')", false],
    ['it connects and says nothing', hurried, 'connect(); setInterval(() => {}, 1000)', false],
    ['it never connects', hurried, 'setInterval(() => {}, 1000)', false],
  ])('when %s', async (_name, budgetMs, script, works) => {
    expect(await play(script, budgetMs)).toBe(works);
  });

  test('when there is no QEMU', async () => {
    const qemu = { command: join(folder, 'none'), version: '1', canSandbox: false };
    expect(await selfTest(qemu, pack, 'kvm', patient)).toBe(false);
  });
});
