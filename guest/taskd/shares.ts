/** The host's folders, mounted for taskd alone after a resume: a mounted share cannot be part of a template. */
import { mkdir } from 'node:fs/promises';
import { shares } from './sandbox/layout';
import { run } from './sandbox/run';

/** Big messages: each round trip costs far more than its bytes. No cache: the person edits the same files. */
const options = 'trans=virtio,version=9p2000.L,msize=524288,cache=none';

/** @throws Error naming the share that could not be mounted */
export async function mountShares(): Promise<void> {
  await Promise.all(
    Object.entries(shares).map(async ([tag, path]) => {
      await mkdir(path, { recursive: true });
      const rights = tag === 'authstate' ? `${options},ro` : options;
      await run('mount', '-t', '9p', '-o', rights, tag, path);
    }),
  );
}
