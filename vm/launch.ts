/** Launches one QEMU for one generation of the VM, to build a template or to resume one. */
import { findFreePort } from '../node/free-port';
import type { VmWorkerConfig } from '../schema/vm-api';
import type { QemuMode } from './machine';
import type { Prepared } from './prepare';
import { qemuArguments } from './qemu-args';
import { launchQemu, type LaunchOptions, type QemuProcess } from './qemu-process';
import { beginTemplate, type Template } from './template';

/** The process of one generation, and what it was launched with. */
export interface Launched {
  readonly process: QemuProcess;
  /** The template that is being built; its folder holds the guest's memory */
  readonly built: Template | null;
  /** The host's port to taskd when a template is resumed */
  readonly port: number | null;
}

export interface LaunchVmOptions extends Pick<LaunchOptions, 'onLine'> {
  readonly config: VmWorkerConfig;
  readonly prepared: Prepared;
  readonly mode: QemuMode;
  readonly gen: number;
}

/** @throws VmFailureError `qemu_missing` or `spawn_failed` */
export async function launch({ config, prepared, mode, gen, onLine }: LaunchVmOptions): Promise<Launched> {
  const { qemu, pack, accelerator, key, template } = prepared;
  const { runFolder, memoryMb, cores, filesSocket } = config;
  const built = mode === 'build' ? await beginTemplate(template) : null;
  const port = mode === 'resume' ? await findFreePort(config.firstPort) : null;
  const process = await launchQemu({
    command: qemu.command,
    runFolder,
    name: String(gen),
    onLine,
    arguments: ({ control, qmp }) =>
      qemuArguments({
        mode,
        accelerator,
        memoryMb,
        cores,
        pack,
        ramFile: (built ?? template).ramFile,
        controlSocket: control,
        qmpSocket: qmp,
        filesSocket,
        port,
        kernelArguments: key.kernelArguments,
        canSandbox: qemu.canSandbox,
      }),
  });
  return { process, built, port };
}
