import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runTool } from './run-tool';
import { debianSuite } from './sources';

export type DebianTree = {
  /** Debian's architecture name, as `amd64` */
  architecture: string;
  packages: readonly string[];
  folder: string;
  signal: AbortSignal;
};

/**
 * Unpacks Debian packages and what they depend on into a folder.
 *
 * Runs no maintainer script, so it needs no root, works for a foreign architecture and includes nothing from this
 * machine. `root-files.ts` makes the files we need from those scripts.
 */
export async function unpackDebian(tree: DebianTree): Promise<void> {
  const mode = process.getuid?.() === 0 ? 'root' : 'chrootless';
  await runTool({
    command: 'mmdebstrap',
    args: [
      `--mode=${mode}`,
      '--variant=extract',
      `--architectures=${tree.architecture}`,
      `--include=${tree.packages.join(',')}`,
      debianSuite,
      tree.folder,
    ],
    signal: tree.signal,
  });
}

/** The point release of an unpacked tree, as `13.5`. */
export async function debianVersion(folder: string): Promise<string> {
  return (await readFile(join(folder, 'etc/debian_version'), 'utf8')).trim();
}
