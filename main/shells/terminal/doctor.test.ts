/** Over a VM worker controlled by the test. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HostOptions } from '../../host/services';
import { claimStateFolder } from '../../running-host/host-record';
import { stateFolderAt } from '../../settings/state-folder';
import type { VmExamination } from '../../../schema/vm-api';
import { doctorCommand } from './doctor';

let folder: string;
let stateRoot: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'piwork-doctor-'));
  stateRoot = join(folder, 'state');
  mkdirSync(stateRoot);
});
afterEach(() => rmSync(folder, { recursive: true }));

const allFine: VmExamination = {
  qemuVersion: { found: '10.0.2' },
  packDigest: { found: '0123456789abcdef' },
  accelerator: { found: 'kvm' },
  port: { found: 19384 },
};

const answering = (examination: VmExamination): string => `
  const { parentPort } = require('node:worker_threads');
  parentPort.on('message', ({ id }) => parentPort.postMessage({ id, ok: true, result: ${JSON.stringify(examination)} }));
`;

async function examine(worker: string, freeBytes = 20e9): Promise<{ code: number; lines: string[] }> {
  writeFileSync(join(folder, 'vm-worker.cjs'), worker);
  const options = { workers: folder, stateRoot, packFolder: folder, cacheRoot: folder, version: '1.2.3' };
  const lines: string[] = [];
  const effects = { freeBytes: () => Promise.resolve(freeBytes), print: (line: string) => lines.push(line) };
  const code = await doctorCommand(options as unknown as HostOptions, effects);
  return { code, lines: lines.map((line) => line.replace(/ {2,}/, ' ')) };
}

const fineLines = (): string[] => [
  '✓ QEMU 10.0.2',
  '✓ Runtime pack 0123456789ab',
  '✓ Accelerator kvm',
  '✓ Port 19384',
  '✓ Disk 20 GB free',
  `✓ State folder ${stateRoot}`,
  '✓ Host not running',
];

test('everything is fine', async () => {
  expect(await examine(answering(allFine))).toEqual({ code: 0, lines: fineLines() });
});

test.each<[string, Partial<VmExamination>, number, string]>([
  [
    'QEMU is missing',
    { qemuVersion: { problem: 'QEMU is not installed. Install it.' } },
    1,
    '✗ QEMU QEMU is not installed. Install it.',
  ],
  ['the port is taken', { port: { found: 19385 } }, 0, '✓ Port 19384 is taken; Piwork will use 19385'],
  ['no port is free', { port: { problem: 'No port is free.' } }, 1, '✗ Port No port is free.'],
  [
    'nothing accelerates',
    { accelerator: { found: 'tcg' } },
    0,
    '✓ Accelerator none usable; emulation works, but it is slower',
  ],
])('%s', async (_name, change, code, line) => {
  const report = await examine(answering({ ...allFine, ...change }));
  expect(report.code).toBe(code);
  expect(report.lines.filter((one) => !fineLines().includes(one))).toEqual([line]);
});

test('the disk is full', async () => {
  const { code, lines } = await examine(answering(allFine), 0.4e9);
  expect(code).toBe(1);
  expect(lines).toContain('✗ Disk only 0.4 GB free; make room for 1.5 GB');
});

test('a host is running', async () => {
  expect(await claimStateFolder(stateFolderAt(stateRoot).hostFile, join(folder, 'host.sock'))).toBeNull();
  const { code, lines } = await examine(answering(allFine));
  expect(code).toBe(0);
  expect(lines).toContain(`✓ Host running (process ${process.pid})`);
});

test('when the VM worker ends, the other checks still run', async () => {
  const { code, lines } = await examine('process.exit(3);');
  expect(code).toBe(1);
  expect(lines.slice(0, 4)).toEqual(
    ['QEMU', 'Runtime pack', 'Accelerator', 'Port'].map(
      (name) => `✗ ${name} couldn't be checked; run \`npm run build\`, then try again`,
    ),
  );
  expect(lines.slice(4)).toEqual(fineLines().slice(4));
});
