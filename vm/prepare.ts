/** Finds what QEMU needs before it runs: the binary, the pack, the accelerator, and the matching template. */
import type { Accelerator, VmWorkerConfig } from '../schema/vm-api';
import { chooseAccelerator, selfTest } from './accelerator';
import { openPack, type Pack } from './pack';
import { findQemu, type QemuBinary } from './qemu-binary';
import { templateFor, type Template, type TemplateKey } from './template';

export interface Prepared {
  readonly qemu: QemuBinary;
  readonly pack: Pack;
  readonly accelerator: Accelerator;
  readonly key: TemplateKey;
  readonly template: Template;
}

/** The accelerator that the configuration names, or the best one that works here. */
export const findAccelerator = async (
  { accelerator, cacheFolder }: VmWorkerConfig,
  qemu: QemuBinary,
  pack: Pack,
  onTest: () => void,
): Promise<Accelerator> =>
  accelerator ?? chooseAccelerator({ qemu, pack, cacheFolder, platform: process.platform, test: selfTest, onTest });

/** Calls `onSelfTest` before trying an accelerator, which takes seconds. @throws VmFailureError */
export async function prepare(config: VmWorkerConfig, onSelfTest: () => void): Promise<Prepared> {
  const { packFolder, cacheFolder, memoryMb, cores, parked, build } = config;
  const [qemu, pack] = await Promise.all([findQemu(cacheFolder), openPack(packFolder)]);
  const accelerator = await findAccelerator(config, qemu, pack, onSelfTest);
  const key: TemplateKey = {
    qemuVersion: qemu.version,
    accelerator,
    memoryMb,
    cores,
    packDigest: pack.manifest.digest,
    kernelArguments: [
      `piwork.parked=${parked}`,
      `piwork.emulated=${accelerator === 'tcg' ? 1 : 0}`,
      `piwork.build=${build}`,
    ],
  };
  return { qemu, pack, accelerator, key, template: templateFor(cacheFolder, key) };
}
