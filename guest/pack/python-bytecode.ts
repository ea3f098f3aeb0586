import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runTool } from './run-tool';
import type { Arch } from './sources';

const loaders: Record<Arch, { loader: string; libraries: string }> = {
  x64: { loader: 'usr/lib64/ld-linux-x86-64.so.2', libraries: 'usr/lib/x86_64-linux-gnu' },
  arm64: { loader: 'usr/lib/ld-linux-aarch64.so.1', libraries: 'usr/lib/aarch64-linux-gnu' },
};

/** Whether this machine can run programs built for that architecture. */
export function canCompilePython(arch: Arch): boolean {
  return arch === process.arch;
}

/**
 * Compiles Python's standard library in the tree, with the tree's own Python.
 *
 * The root is read-only, so without this the guest compiles every import again at each start: under emulation a second
 * instead of a third of one.
 */
export async function compilePython(root: string, arch: Arch, signal: AbortSignal): Promise<void> {
  const { loader, libraries } = loaders[arch];
  const names = await readdir(join(root, 'usr/lib'));
  const python = names.find((name) => /^python3\.\d+$/.test(name));
  if (python === undefined) return;
  await runTool({
    command: 'env',
    args: [
      '-i',
      'PYTHONHASHSEED=0',
      // Otherwise the compiler's own imports would be written first, with this build's paths in them.
      'PYTHONDONTWRITEBYTECODE=1',
      `PYTHONHOME=${join(root, 'usr')}`,
      join(root, loader),
      '--library-path',
      join(root, libraries),
      join(root, 'usr/bin', python),
      '-s',
      ...['-m', 'compileall', '-q', '--invalidation-mode', 'unchecked-hash'],
      // Tracebacks then show the guest's path, not this build's.
      ...['-s', root, '-p', '/'],
      join(root, 'usr/lib', python),
    ],
    signal,
  });
}
