/**
 * Which accelerator works here, found by a timed boot of the pack's own kernel and remembered per machine.
 *
 * That a device opens proves nothing: there are machines where it opens and the guest then hangs or aborts.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { selfTestLine } from '../../schema/control-port';
import { accelerator, type Accelerator } from '../../schema/vm-api';
import type { Pack } from './pack';
import { qemuArguments } from './qemu-args';
import type { QemuBinary } from './qemu-binary';
import { launchQemu } from './qemu-process';

/** Accelerators worth trying, the best first; emulation always works and is not tried. */
export function candidates(platform: NodeJS.Platform): readonly Accelerator[] {
  switch (platform) {
    case 'linux':
      return ['kvm'];
    case 'darwin':
      return ['hvf'];
    case 'win32':
      return ['whpx'];
    default:
      return [];
  }
}

const selfTestBudgetMs = 10_000;

const memory = z.strictObject({ machine: z.string(), choice: accelerator, testedAt: z.number() });

/** Boots the kernel under one accelerator until its initrd answers. Never throws; leaves no process. */
export async function selfTest(qemu: QemuBinary, pack: Pack, candidate: Accelerator): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'piwork-test-'));
  try {
    const process = await launchQemu({
      command: qemu.command,
      runFolder: folder,
      name: 'test',
      onLine: () => undefined,
      arguments: ({ control, qmp }) =>
        qemuArguments({
          mode: 'selftest',
          accelerator: candidate,
          memoryMb: 512,
          cores: 1,
          pack,
          ramFile: join(folder, 'ram.img'),
          controlSocket: control,
          qmpSocket: qmp,
          shares: [],
          port: null,
          kernelArguments: ['piwork.selftest'],
          canSandbox: qemu.canSandbox,
        }),
    });
    try {
      const socket = await Promise.race([process.control, process.exited.then(() => null)]);
      if (!socket) return false;
      return await new Promise<boolean>((resolve) => {
        let text = '';
        const timer = setTimeout(() => resolve(false), selfTestBudgetMs);
        const finish = (works: boolean): void => {
          clearTimeout(timer);
          resolve(works);
        };
        socket.on('data', (chunk: Buffer) => {
          text += chunk.toString();
          if (text.includes(selfTestLine)) finish(true);
        });
        void process.exited.then(() => finish(text.includes(selfTestLine)));
      });
    } finally {
      process.signal('SIGKILL');
      await process.exited;
    }
  } catch {
    // Whatever keeps a candidate from starting, the answer is the same: it does not work here.
    return false;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export interface ChoiceOptions {
  readonly qemu: QemuBinary;
  readonly pack: Pack;
  readonly cacheFolder: string;
  readonly platform: NodeJS.Platform;
  readonly test: typeof selfTest;
  /** Called before a test runs, which takes seconds */
  readonly onTest: () => void;
}

/** The accelerator for this machine; tested once per QEMU, kernel and pack kernel. */
export async function chooseAccelerator(options: ChoiceOptions): Promise<Accelerator> {
  const { qemu, pack, cacheFolder, platform, test, onTest } = options;
  const file = join(cacheFolder, 'accelerator.json');
  const machine = [platform, release(), qemu.version, pack.manifest.files.kernel.sha256].join(' ');
  const known = await readFile(file, 'utf8').then(
    (text) => memory.safeParse(JSON.parse(text)).data,
    () => undefined,
  );
  if (known?.machine === machine) return known.choice;
  let choice: Accelerator = 'tcg';
  for (const candidate of candidates(platform)) {
    onTest();
    if (!(await test(qemu, pack, candidate))) continue;
    choice = candidate;
    break;
  }
  await mkdir(cacheFolder, { recursive: true });
  await writeFile(file, JSON.stringify({ machine, choice, testedAt: Date.now() }));
  return choice;
}
