import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PackError } from './pack-error';
import { runTool } from './run-tool';
import type { NpmSource } from './sources';

/** Whether bytes have the sha512 integrity value that the registry publishes (`sha512-` and base64). */
export function hasIntegrity(bytes: Uint8Array, integrity: string): boolean {
  return `sha512-${createHash('sha512').update(bytes).digest('base64')}` === integrity;
}

function tarballName(source: NpmSource): string {
  return `${source.name.replaceAll(/[^\w.-]+/g, '-').replace(/^-/, '')}-${source.version}.tgz`;
}

async function readIfPresent(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Fetches a package with `npm pack`, so with the user's own registry settings, and returns the path of its tarball.
 *
 * Reuses a package that was fetched earlier. When the content isn't what `sources.ts` pins, rejects with `integrity`
 * and keeps no file.
 */
export async function fetchNpmSource(source: NpmSource, downloads: string, signal: AbortSignal): Promise<string> {
  const tarball = join(downloads, tarballName(source));
  const present = await readIfPresent(tarball);
  if (present !== undefined && hasIntegrity(present, source.integrity)) return tarball;

  const incoming = join(downloads, `.incoming-${randomUUID()}`);
  await mkdir(incoming, { recursive: true });
  try {
    const wanted = `${source.name}@${source.version}`;
    const args = ['pack', wanted, '--ignore-scripts', '--silent', '--pack-destination', incoming];
    await runTool({ command: 'npm', args, signal });
    const [file] = await readdir(incoming);
    if (file === undefined) throw new PackError('tool_failed', `npm pack ${wanted} wrote no file.`);
    if (!hasIntegrity(await readFile(join(incoming, file)), source.integrity)) {
      throw new PackError(
        'integrity',
        `${wanted} from the registry is not the published package (its sha512 differs).`,
      );
    }
    await rename(join(incoming, file), tarball);
    return tarball;
  } finally {
    await rm(incoming, { recursive: true, force: true });
  }
}

/** Unpacks the given paths of a package's tarball into a folder, without the leading `package/`. */
export async function unpackNpmSource(
  tarball: string,
  paths: readonly string[],
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const members = paths.map((path) => `package/${path}`);
  const args = ['-xzf', tarball, '-C', folder, '--strip-components=1', '--no-same-owner', ...members];
  await runTool({ command: 'tar', args, signal });
}
