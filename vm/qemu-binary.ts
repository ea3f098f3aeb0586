/** Which QEMU is installed and what it can do. Asked once per binary, because each question starts the program. */
import { execFile } from 'node:child_process';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { replaceFile } from '../node/replace-file';
import { VmFailureError } from './failures';

const execute = promisify(execFile);

export interface QemuBinary {
  /** Its absolute path */
  readonly command: string;
  readonly version: string;
  /** Whether it has the seccomp filter */
  readonly canSandbox: boolean;
}

const memory = z.strictObject({ identity: z.string(), version: z.string(), canSandbox: z.boolean() });

const qemuCommand = (arch: string): string => (arch === 'arm64' ? 'qemu-system-aarch64' : 'qemu-system-x86_64');

interface Program {
  readonly path: string;
  /** Path, file number, size and time: an update changes at least one of them */
  readonly identity: string;
}

/** The file that `command` runs. @throws VmFailureError `qemu_missing` */
async function locate(command: string): Promise<Program> {
  const folders = isAbsolute(command) ? [''] : (process.env['PATH'] ?? '').split(delimiter);
  const name = process.platform === 'win32' && !command.endsWith('.exe') ? `${command}.exe` : command;
  for (const folder of folders) {
    const path = join(folder, name);
    const found = await stat(path, { bigint: true }).catch(() => null);
    if (found?.isFile()) return { path, identity: [path, found.dev, found.ino, found.size, found.mtimeNs].join(' ') };
  }
  throw new VmFailureError('qemu_missing', command);
}

async function ask(path: string): Promise<Omit<QemuBinary, 'command'>> {
  try {
    const [{ stdout: version }, { stdout: help }] = await Promise.all([
      execute(path, ['--version'], { timeout: 20_000 }),
      execute(path, ['--help'], { timeout: 20_000, maxBuffer: 4 << 20 }),
    ]);
    const number = /version (\S+)/.exec(version)?.[1] ?? version.split('\n')[0] ?? 'unknown';
    return { version: number, canSandbox: help.includes('-sandbox') };
  } catch (error) {
    throw new VmFailureError('spawn_failed', path, { cause: error });
  }
}

/** Remembers its answer in `cacheFolder`. @throws VmFailureError `qemu_missing` or `spawn_failed` */
export async function findQemu(cacheFolder: string, name = qemuCommand(process.arch)): Promise<QemuBinary> {
  const file = join(cacheFolder, 'qemu.json');
  const { path, identity } = await locate(name);
  const known = await readFile(file, 'utf8')
    .then((text) => memory.safeParse(JSON.parse(text)).data)
    .catch(() => undefined);
  if (known?.identity === identity) return { command: path, version: known.version, canSandbox: known.canSandbox };
  const asked = await ask(path);
  // A cache that can't be written only costs time.
  await mkdir(cacheFolder, { recursive: true })
    .then(() => replaceFile(file, JSON.stringify({ identity, ...asked })))
    .catch(() => undefined);
  return { command: path, ...asked };
}
