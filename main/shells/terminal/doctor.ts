/** `doctor`: what Piwork needs on this computer, checked one by one, with what to do about each. */
import { access, constants, statfs } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HostOptions } from '../../host/services';
import { isAlive, readHostRecord } from '../../running-host/host-record';
import { stateFolderAt } from '../../settings/state-folder';
import { examineVm } from '../../workers/examine-vm';
import { vmConfig } from '../../workers/vm-config';
import { taskdPort } from '../../../schema/taskd-api';
import type { VmExamination } from '../../../schema/vm-api';
import { output } from './print';

interface Check {
  readonly name: string;
  /** What was found. @throws Error that says what to do */
  readonly run: () => Promise<string>;
}

export interface DoctorEffects {
  readonly freeBytes: () => Promise<number>;
  readonly print: (line: string) => void;
}

const neededBytes = 1.5e9;

const effectsHere: DoctorEffects = {
  freeBytes: async () => {
    const { bavail, bsize } = await statfs(homedir());
    return bavail * bsize;
  },
  print: (line) => output.lines(line),
};

/** The value that the VM worker found. @throws Error with its sentence */
function foundBy<T>(examined: { readonly found: T } | { readonly problem: string }): T {
  if ('problem' in examined) throw new Error(examined.problem);
  return examined.found;
}

function vmChecks(examination: Promise<VmExamination>): Check[] {
  const describe = (name: string, text: (found: VmExamination) => string): Check => ({
    name,
    run: async () => text(await examination),
  });
  return [
    describe('QEMU', ({ qemuVersion }) => foundBy(qemuVersion)),
    describe('Runtime pack', ({ packDigest }) => foundBy(packDigest).slice(0, 12)),
    describe('Accelerator', ({ accelerator }) => {
      const found = foundBy(accelerator);
      return found === 'tcg' ? 'none usable; emulation works, but it is slower' : found;
    }),
    describe('Port', ({ port }) => {
      const found = foundBy(port);
      return found === taskdPort ? String(found) : `${taskdPort} is taken; Piwork will use ${found}`;
    }),
  ];
}

const computerChecks = ({ stateRoot }: HostOptions, { freeBytes }: DoctorEffects): Check[] => [
  {
    name: 'Disk',
    run: async () => {
      const free = await freeBytes();
      if (free < neededBytes) throw new Error(`only ${(free / 1e9).toFixed(1)} GB free; make room for 1.5 GB`);
      return `${(free / 1e9).toFixed(0)} GB free`;
    },
  },
  {
    name: 'State folder',
    run: async () => {
      await access(stateRoot, constants.W_OK).catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
        throw new Error(`Piwork can't write to ${stateRoot}; change its permissions`);
      });
      return stateRoot;
    },
  },
  {
    name: 'Host',
    run: async () => {
      const record = await readHostRecord(stateFolderAt(stateRoot).hostFile);
      return record && isAlive(record) ? `running (process ${record.pid})` : 'not running';
    },
  },
];

/** Prints one line per check. Returns the exit code: 1 when a check failed. */
export async function doctorCommand(options: HostOptions, effects = effectsHere): Promise<number> {
  const workerFile = join(options.workers, 'vm-worker.cjs');
  const examination = examineVm(workerFile, vmConfig(options, tmpdir(), '')).catch(() => {
    throw new Error("couldn't be checked; run `npm run build`, then try again");
  });
  let failed = 0;
  for (const { name, run } of [...vmChecks(examination), ...computerChecks(options, effects)]) {
    const [mark, text] = await run().then(
      (found) => ['✓', found] as const,
      (error: unknown) => ['✗', error instanceof Error ? error.message : String(error)] as const,
    );
    if (mark === '✗') failed++;
    effects.print(`${mark} ${name.padEnd(18)} ${text}`);
  }
  return failed === 0 ? 0 : 1;
}
