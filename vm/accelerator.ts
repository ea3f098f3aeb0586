/**
 * Which accelerator works here: found by a timed boot of the pack's own kernel, and remembered per machine.
 *
 * A device that opens proves nothing: on some machines it opens and the guest then hangs or aborts.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { release, tmpdir } from 'node:os';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { selfTestLine } from '../schema/control-port';
import { accelerator, type Accelerator } from '../schema/vm-api';
import type { Pack } from './pack';
import { qemuArguments } from './qemu-args';
import type { QemuBinary } from './qemu-binary';
import { launchQemu } from './qemu-process';

/** Accelerators worth trying, best first. Emulation always works, so it isn't tried. */
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
/** How long to wait for a killed process: a broken accelerator can keep it in the kernel forever. */
const killBudgetMs = 2_000;

const memory = z.strictObject({ machine: z.string(), choice: accelerator, testedAt: z.number() });

const after = <T>(ms: number, value: T, signal: AbortSignal): Promise<T> =>
  wait(ms, value, { signal }).catch(() => value);

/** Boots the kernel with one accelerator until its initrd answers. Never throws, and leaves no process. */
export async function selfTest(
  qemu: QemuBinary,
  pack: Pack,
  candidate: Accelerator,
  budgetMs = selfTestBudgetMs,
): Promise<boolean> {
  const finished = new AbortController();
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
          filesSocket: null,
          port: null,
          kernelArguments: ['piwork.selftest'],
          canSandbox: qemu.canSandbox,
        }),
    });
    try {
      const tooLate = after(budgetMs, false, finished.signal);
      const answered = process.control.then(
        (socket) => saysSelfTest(socket),
        () => false,
      );
      return await Promise.race([answered, tooLate]);
    } finally {
      process.signal('SIGKILL');
      await Promise.race([process.exited, after(killBudgetMs, null, finished.signal)]);
    }
  } catch {
    // Whatever keeps a candidate from starting, the result is the same: it doesn't work here.
    return false;
  } finally {
    finished.abort();
    await rm(folder, { recursive: true, force: true });
  }
}

/** True when the self-test's line arrives, false when the port closes without it. */
const saysSelfTest = (socket: Socket): Promise<boolean> =>
  new Promise((resolve) => {
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes(selfTestLine)) resolve(true);
    });
    socket.once('close', () => resolve(false));
    socket.on('error', () => undefined);
  });

export interface ChoiceOptions {
  readonly qemu: QemuBinary;
  readonly pack: Pack;
  readonly cacheFolder: string;
  readonly platform: NodeJS.Platform;
  readonly test: typeof selfTest;
  /** Called before each test, because a test takes seconds */
  readonly onTest: () => void;
}

/** The accelerator for this machine, tested once for each QEMU, host kernel and pack kernel. */
export async function chooseAccelerator(options: ChoiceOptions): Promise<Accelerator> {
  const { qemu, pack, cacheFolder, platform, test, onTest } = options;
  const file = join(cacheFolder, 'accelerator.json');
  const machine = [platform, release(), qemu.version, pack.manifest.files.kernel.sha256].join(' ');
  // An unreadable file counts as no remembered choice.
  const known = await readFile(file, 'utf8')
    .then((text) => memory.safeParse(JSON.parse(text)).data)
    .catch(() => undefined);
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
