/** The host's folders, mounted for taskd alone after a resume: a mounted share cannot be part of a template. */
import { mkdir } from 'node:fs/promises';
import { shares } from './sandbox/layout';
import type { SystemCalls } from './system-calls';

/** Big messages: each round trip costs far more than its bytes. No cache: the person edits the same files. */
const data = 'trans=virtio,version=9p2000.L,msize=524288,cache=none';

/** Made before the template is saved. */
export async function prepareShares(): Promise<void> {
  for (const path of Object.values(shares)) await mkdir(path, { recursive: true });
}

/** @throws Error naming the share that could not be mounted */
export async function mountShares(system: SystemCalls): Promise<void> {
  const mounts = Object.entries(shares).map(([tag, target]) => ({
    source: tag,
    target,
    type: '9p',
    flags: tag === 'authstate' ? (['ro'] as const) : [],
    data,
  }));
  await system.mount(mounts);
}
