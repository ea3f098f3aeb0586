import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { CpioEntry } from './cpio';
import { cpioArchive } from './cpio';
import type { ModuleIndex } from './kernel-modules';
import { loadOrder, moduleDependencies, moduleName } from './kernel-modules';
import { PackError } from './pack-error';
import { runTool } from './run-tool';
import { builtinDrivers } from './sources';

/** Commands that the initrd's script uses; busybox provides each one. */
const busyboxCommands = ['cat', 'echo', 'grep', 'insmod', 'mkdir', 'mount', 'poweroff', 'sh', 'sleep', 'switch_root'];

async function indexModules(modulesFolder: string): Promise<ModuleIndex> {
  const builtinList = await readFile(join(modulesFolder, 'modules.builtin'), 'utf8');
  const files = (await readdir(modulesFolder, { recursive: true })).filter((path) => /\.ko(\.xz)?$/.test(path)).sort();
  return {
    builtin: new Set(builtinList.trim().split('\n').map(moduleName)),
    files: new Map(files.map((path) => [moduleName(path), path])),
  };
}

function readModule(path: string, signal: AbortSignal): Promise<Buffer> {
  return path.endsWith('.xz') ? runTool({ command: 'xz', args: ['-dc', path], signal }) : readFile(path);
}

async function moduleEntries(
  modulesFolder: string,
  wanted: readonly string[],
  signal: AbortSignal,
): Promise<CpioEntry[]> {
  const index = await indexModules(modulesFolder);
  const notBuiltIn = builtinDrivers.filter((name) => !index.builtin.has(name));
  if (notBuiltIn.length > 0) {
    throw new PackError(
      'tool_failed',
      `This kernel doesn't have ${notBuiltIn.join(', ')} built in, and Piwork's initrd needs it.`,
    );
  }
  const contents = new Map<string, Buffer>();
  const order = await loadOrder(wanted, index, async (path) => {
    const content = await readModule(join(modulesFolder, path), signal);
    contents.set(moduleName(path), content);
    return moduleDependencies(content);
  });
  return order.map((name, position) => ({
    kind: 'file',
    // The number prefix makes the shell list the modules in load order.
    path: `modules/${String(position).padStart(2, '0')}-${name}.ko`,
    mode: 0o644,
    content: contents.get(name) ?? Buffer.alloc(0),
  }));
}

export type InitrdParts = {
  /** Folder with `modules.builtin` and the module files */
  modulesFolder: string;
  modules: readonly string[];
  busybox: Buffer;
  initScript: Buffer;
  signal: AbortSignal;
};

/** The compressed first root of the guest: busybox, the modules in load order, and `guest/init/initrd-init.sh`. */
export async function buildInitrd(parts: InitrdParts): Promise<Buffer> {
  const folders: CpioEntry[] = ['bin', 'dev', 'modules', 'proc', 'root', 'sys'].map((path) => ({
    kind: 'folder',
    path,
  }));
  const commands: CpioEntry[] = busyboxCommands.map((name) => ({
    kind: 'link',
    path: `bin/${name}`,
    target: 'busybox',
  }));
  const archive = cpioArchive([
    ...folders,
    { kind: 'file', path: 'bin/busybox', mode: 0o755, content: parts.busybox },
    ...commands,
    ...(await moduleEntries(parts.modulesFolder, parts.modules, parts.signal)),
    { kind: 'file', path: 'init', mode: 0o755, content: parts.initScript },
  ]);
  return runTool({
    command: 'zstd',
    args: ['-19', '-c', '-q', '--no-check', '-T1'],
    input: archive,
    signal: parts.signal,
  });
}
