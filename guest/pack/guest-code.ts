import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PackError } from './pack-error';

/** One file of Piwork's own code in the guest. */
export type GuestFile = { name: string; mode: number; content: Buffer };

/**
 * Reads what goes into piwork.erofs: `init.sh` and `fstab` of `guest/init`, and every bundle of `dist/guest`.
 *
 * Leaves out source maps, because nothing in the guest reads them. Rejects with `input_missing` when a folder is not
 * there.
 */
export async function readGuestCode(bundlesFolder: string, initFolder: string): Promise<GuestFile[]> {
  const names = await readdir(bundlesFolder).catch((error: unknown) => {
    throw new PackError(
      'input_missing',
      `${bundlesFolder} is missing: build the guest's code first with \`npm run build\`.`,
      {
        cause: error,
      },
    );
  });
  const bundles = names.filter((name) => !name.endsWith('.map')).sort();
  const files: GuestFile[] = [
    { name: 'init.sh', mode: 0o755, content: await readFile(join(initFolder, 'init.sh')) },
    { name: 'fstab', mode: 0o644, content: await readFile(join(initFolder, 'fstab')) },
  ];
  for (const name of bundles) files.push({ name, mode: 0o644, content: await readFile(join(bundlesFolder, name)) });
  return files;
}
