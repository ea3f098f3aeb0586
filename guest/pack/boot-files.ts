import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuildContext } from './build-context';
import { unpackDebian } from './debian-tree';
import { buildInitrd } from './initrd';
import { extractKernel } from './kernel-image';
import { PackError } from './pack-error';
import { bootPackages, debianArch, kernelModules } from './sources';

/** Builds `vmlinux` and `initrd.zst` into a folder and returns the kernel's version. */
export async function buildBootFiles(
  context: BuildContext,
  { initrdScript, workFolder, target }: { initrdScript: Buffer; workFolder: string; target: string },
): Promise<string> {
  const { arch, progress, signal } = context;
  const debian = debianArch[arch];
  await progress.step('kernel: Debian packages', () =>
    unpackDebian({
      architecture: debian.name,
      packages: [debian.kernelPackage, ...bootPackages],
      folder: workFolder,
      signal,
    }),
  );
  const [kernelVersion] = await readdir(join(workFolder, 'usr/lib/modules'));
  if (kernelVersion === undefined) throw new PackError('tool_failed', 'The Debian kernel package contains no modules.');

  await progress.step('kernel: vmlinux', async () => {
    const vmlinuz = await readFile(join(workFolder, `boot/vmlinuz-${kernelVersion}`));
    await writeFile(join(target, 'vmlinux'), await extractKernel(vmlinuz, signal));
  });
  await progress.step('kernel: initrd', async () => {
    const initrd = await buildInitrd({
      modulesFolder: join(workFolder, 'usr/lib/modules', kernelVersion),
      modules: kernelModules,
      busybox: await readFile(join(workFolder, 'usr/bin/busybox')),
      initScript: initrdScript,
      signal,
    });
    await writeFile(join(target, 'initrd.zst'), initrd);
  });
  return kernelVersion;
}
