/** Checks what a VM needs from this computer, without starting one. */
import { findFreePort } from '../node/free-port';
import type { VmExamination, VmFailureReason, VmWorkerConfig } from '../schema/vm-api';
import { toVmFailure } from './failures';
import { openPack } from './pack';
import { findAccelerator } from './prepare';
import { findQemu } from './qemu-binary';

type Examined<T> = { readonly found: T } | { readonly problem: string };

/** What was found, or what to do about it. */
const reported = <T>(finding: Promise<T>, otherwise: VmFailureReason): Promise<Examined<T>> =>
  finding.then(
    (found) => ({ found }),
    (error: unknown) => ({ problem: toVmFailure(error, otherwise).message }),
  );

/** Looks for QEMU, the pack, an accelerator and a port. Never rejects. The first self-test takes seconds. */
export async function examine(config: VmWorkerConfig): Promise<VmExamination> {
  const qemu = findQemu(config.cacheFolder);
  const pack = openPack(config.packFolder);
  const choice = Promise.all([qemu, pack]).then((found) => findAccelerator(config, ...found, () => undefined));
  const [qemuVersion, packDigest, accelerator, port] = await Promise.all([
    reported(
      qemu.then(({ version }) => version),
      'spawn_failed',
    ),
    reported(
      pack.then(({ manifest }) => manifest.digest),
      'pack_damaged',
    ),
    reported(choice, 'spawn_failed'),
    reported(findFreePort(config.firstPort), 'port_taken'),
  ]);
  return { qemuVersion, packDigest, accelerator, port };
}
