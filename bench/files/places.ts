/** The folders and disks to compare: the same content in the host's folders and on a disk of the guest. */
import { execFile } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { writeErofs } from '../../guest/pack/erofs';
import { normaliseModes } from '../../guest/pack/root-tree';
import type { TaskPlaces } from '../../schema/files-api';

const execute = promisify(execFile);

export const trees = { git: 2000, list: 5000, overwritten: 200 } as const;
const filesPerFolder = 50;
const diskBytes = 2 * 1024 ** 3;

/** How QEMU's own file server caches: not at all, or everything it has read */
export type Caching = 'none' | 'loose';

export interface Places {
  readonly root: string;
  readonly runFolder: string;
  /** With the bench's agent in place of taskd */
  readonly piwork: string;
  /** A sparse file with ext4 on it */
  readonly disk: string;
  /** What Piwork serves */
  readonly task: TaskPlaces & { readonly folder: string };
  /** What QEMU serves */
  readonly shares: Readonly<Record<Caching, string>>;
  remove(): void;
}

function writeTree(folder: string, files: number): void {
  for (let index = 0; index < files; index += 1) {
    const inner = join(folder, `d${Math.floor(index / filesPerFolder)}`);
    if (index % filesPerFolder === 0) mkdirSync(inner, { recursive: true });
    writeFileSync(join(inner, `file${index}.txt`), `${index}\n`.repeat(50));
  }
}

function writeContent(folder: string): void {
  for (const name of ['git', 'list', 'edited', 'written', 'overwritten']) mkdirSync(join(folder, name));
  writeTree(join(folder, 'git'), trees.git);
  writeTree(join(folder, 'list'), trees.list);
  for (let index = 0; index < trees.overwritten; index += 1) {
    writeFileSync(join(folder, 'overwritten', `${index}`), 'x'.repeat(4096));
  }
}

/** The product's own files and init, which runs the bench's agent instead of taskd. */
async function writeGuestDisk(tree: string, image: string): Promise<void> {
  mkdirSync(tree);
  const taskd = '/opt/node/bin/node $flags /opt/piwork/taskd.cjs &';
  const init = readFileSync('guest/init/init.sh', 'utf8');
  if (!init.includes(taskd)) throw new Error(`guest/init/init.sh no longer has the line ${taskd}.`);
  writeFileSync(join(tree, 'init.sh'), init.replace(taskd, 'python3 -B /opt/piwork/agent.py &'));
  chmodSync(join(tree, 'init.sh'), 0o755);
  for (const name of ['agent.py', 'workloads.py', 'seen.py']) cpSync(join('bench/files/guest', name), join(tree, name));
  for (const name of ['system-calls.py', 'files-pump.c']) cpSync(join('guest/taskd', name), join(tree, name));
  cpSync('guest/init/fstab', join(tree, 'fstab'));
  await normaliseModes(tree);
  await writeErofs(tree, image, AbortSignal.timeout(60_000));
}

/** On the host: creating thousands of objects would take minutes on the slowest file system. */
async function commit(folder: string): Promise<void> {
  const identity = ['-c', 'user.name=bench', '-c', 'user.email=bench@localhost', '-c', 'commit.gpgsign=false'];
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '', GIT_CONFIG_NOSYSTEM: '1' };
  for (const command of [
    ['init', '-q'],
    ['add', '-A'],
    ['commit', '-q', '-m', 'all'],
    ['gc', '-q'],
  ]) {
    await execute('git', [...identity, ...command], { cwd: folder, env, timeout: 120_000 });
  }
}

async function writeExt4(content: string, image: string): Promise<void> {
  writeFileSync(image, '');
  truncateSync(image, diskBytes);
  // Tables are written now; otherwise the guest's kernel would still write them during the measurement.
  const options = ['-q', '-t', 'ext4', '-E', 'lazy_itable_init=0,lazy_journal_init=0', '-d', content, image];
  await execute('mke2fs', options, {
    timeout: 120_000,
    env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin:/sbin` },
  }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new Error('mke2fs is missing: install e2fsprogs. Piwork is compared with its ext4.', {
      cause: error,
    });
  });
}

export async function makePlaces(): Promise<Places> {
  const root = mkdtempSync(join(tmpdir(), 'piwork-bench-'));
  const at = (name: string): string => join(root, name);
  try {
    for (const name of ['run', 'content', 'folder', 'session', 'outputs', 'uploads', 'none', 'loose'])
      mkdirSync(at(name));
    writeContent(at('content'));
    await commit(join(at('content'), 'git'));
    for (const name of ['folder', 'session', 'none', 'loose']) cpSync(at('content'), at(name), { recursive: true });
    await writeGuestDisk(at('tree'), at('piwork.erofs'));
    await writeExt4(at('content'), at('ext4.img'));
  } catch (error) {
    rmSync(root, { recursive: true, force: true });
    throw error;
  }
  return {
    root,
    runFolder: at('run'),
    piwork: at('piwork.erofs'),
    disk: at('ext4.img'),
    task: {
      taskId: 'bench',
      folder: at('folder'),
      outputs: at('outputs'),
      uploads: at('uploads'),
      session: at('session'),
      journal: at('journal'),
      overlay: null,
    },
    shares: { none: at('none'), loose: at('loose') },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
