/** `install` and `remove`: shows the changes, and writes them with `--yes`. */
import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { triedVersion } from '../capabilities';
import { lineDiff } from '../install/line-diff';
import { planInstall, planRemoval, InstallRefused, type InstallPlan } from '../install/plan-install';
import { workspaceConfigs, type Places } from './places';

export interface InstallOptions {
  readonly places: Places;
  /** The command with which VTCode calls this program */
  readonly program: readonly string[];
  /** Where hooks of a workspace would turn ours off */
  readonly folder: string;
  readonly vtcode: string;
  readonly isConfirmed: boolean;
}

const readOr = (path: string): Promise<string | null> => readFile(path, 'utf8').catch(() => null);

/** @throws InstallRefused when VTCode is missing or has another version */
async function checkVersion(vtcode: string): Promise<void> {
  const said = await promisify(execFile)(vtcode, ['--version'], { timeout: 10_000 }).catch((cause: unknown) => {
    const what = `VTCode isn't installed (${vtcode}). Install it: \`cargo install vtcode --version ${triedVersion} --locked\`.`;
    throw new InstallRefused(what, { cause });
  });
  const version = /\d+\.\d+\.\d+/.exec(said.stdout)?.[0] ?? said.stdout.trim();
  if (version === triedVersion) return;
  throw new InstallRefused(`This is VTCode ${version}. Piwork's hooks were tested only with ${triedVersion}.`);
}

async function apply(path: string, { before, after, remarks }: InstallPlan, isConfirmed: boolean): Promise<string> {
  const shown = [`--- ${path}`, lineDiff(before, after), ...remarks].filter((part) => part !== '').join('\n');
  if (before === after) return `${path}: nothing to change.`;
  if (!isConfirmed) return `${shown}\nNothing is written yet. Run it again with --yes.`;
  await mkdir(dirname(path), { recursive: true });
  const mode = await stat(path).then(
    (status) => status.mode & 0o777,
    () => 0o600,
  );
  const next = `${path}.${process.pid}`;
  await writeFile(next, after, { mode });
  await chmod(next, mode);
  await rename(next, path);
  return `${shown}\nWritten.`;
}

/** What to print. @throws InstallRefused */
export async function install({ places, program, folder, vtcode, isConfirmed }: InstallOptions): Promise<string> {
  await checkVersion(vtcode);
  const configs = await Promise.all(
    workspaceConfigs(folder).map(async (path) => ({ path, text: (await readOr(path)) ?? '' })),
  );
  const before = (await readOr(places.config)) ?? '';
  return apply(places.config, planInstall(before, { program, socket: places.socket }, configs), isConfirmed);
}

/** What to print. @throws InstallRefused */
export async function remove(places: Places, isConfirmed: boolean): Promise<string> {
  return apply(places.config, planRemoval((await readOr(places.config)) ?? ''), isConfirmed);
}
