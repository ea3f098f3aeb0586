/** `doctor`: what Piwork needs on this computer, checked one by one, with what to do about each. */
import { access, constants, statfs } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAlive, readHostRecord } from '../../running-host/host-record';
import type { HostOptions } from '../../host/services';
import { stateFolderAt } from '../../settings/state-folder';
import { openPack } from '../../../vm/pack';
import { chooseAccelerator, selfTest } from '../../../vm/accelerator';
import { findFreePort } from '../../../node/free-port';
import { findQemu } from '../../../vm/qemu-binary';
import { taskdPort } from '../../../schema/taskd-api';

interface Check {
  readonly name: string;
  /** What was found. @throws Error with what to do */
  readonly run: () => Promise<string>;
}

const neededBytes = 1.5e9;

function checks({ packFolder, cacheRoot, stateRoot }: HostOptions): Check[] {
  return [
    { name: 'QEMU', run: async () => (await findQemu()).version },
    { name: 'Runtime pack', run: async () => (await openPack(packFolder)).manifest.digest.slice(0, 12) },
    {
      name: 'Accelerator',
      run: async () => {
        const [qemu, pack] = await Promise.all([findQemu(), openPack(packFolder)]);
        const { platform } = process;
        const choice = await chooseAccelerator({
          qemu,
          pack,
          cacheFolder: cacheRoot,
          platform,
          test: selfTest,
          onTest: () => undefined,
        });
        return choice === 'tcg' ? 'none usable: emulation, which works and is slower' : choice;
      },
    },
    {
      name: 'Port',
      run: async () => {
        const port = await findFreePort(taskdPort);
        return port === taskdPort ? String(port) : `${taskdPort} is taken; ${port} will be used`;
      },
    },
    {
      name: 'Disk',
      run: async () => {
        const { bavail, bsize } = await statfs(homedir());
        const free = bavail * bsize;
        if (free < neededBytes) throw new Error(`only ${(free / 1e9).toFixed(1)} GB free; make room for 1.5 GB`);
        return `${(free / 1e9).toFixed(0)} GB free`;
      },
    },
    {
      name: 'State folder',
      run: async () => {
        await access(stateRoot, constants.W_OK).catch((error: unknown) => {
          if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw new Error(`${stateRoot} cannot be written`);
        });
        return stateRoot;
      },
    },
    {
      name: 'Home as workspace',
      run: async () => {
        await access(homedir(), constants.R_OK | constants.X_OK);
        return homedir();
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
}

export async function doctorCommand(options: HostOptions): Promise<number> {
  let failed = 0;
  for (const { name, run } of checks(options)) {
    const [mark, text] = await run().then(
      (found) => ['✓', found] as const,
      (error: unknown) => ['✗', error instanceof Error ? error.message : String(error)] as const,
    );
    if (mark === '✗') failed++;
    console.log(`${mark} ${name.padEnd(18)} ${text}`);
  }
  return failed === 0 ? 0 : 1;
}
