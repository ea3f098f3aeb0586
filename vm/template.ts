/** Templates on disk: a paused guest's memory and device state, keyed by everything that must match. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import type { Accelerator } from '../schema/vm-api';
import { deviceListVersion } from './qemu-args';

export interface TemplateKey {
  readonly qemuVersion: string;
  readonly accelerator: Accelerator;
  readonly memoryMb: number;
  readonly cores: number;
  readonly packDigest: string;
  readonly kernelArguments: readonly string[];
}

export interface Template {
  readonly folder: string;
  readonly ramFile: string;
  readonly stateFile: string;
}

/** Written last: a folder without it isn't a template. */
const record = z.strictObject({ key: z.record(z.string(), z.unknown()), ramBytes: z.number(), stateBytes: z.number() });

const templateAt = (folder: string): Template => ({
  folder,
  ramFile: join(folder, 'ram.img'),
  stateFile: join(folder, 'state.bin'),
});

const digest = (key: TemplateKey): string =>
  createHash('sha256')
    .update(JSON.stringify({ ...key, deviceListVersion }))
    .digest('hex')
    .slice(0, 16);

export const templateFor = (cacheFolder: string, key: TemplateKey): Template =>
  templateAt(join(cacheFolder, 'templates', digest(key)));

/** Whether a template is complete; an incomplete one counts as none. */
export async function isUsable(template: Template): Promise<boolean> {
  try {
    const { ramBytes, stateBytes } = record.parse(
      JSON.parse(await readFile(join(template.folder, 'template.json'), 'utf8')),
    );
    const [ram, state] = await Promise.all([stat(template.ramFile), stat(template.stateFile)]);
    return ram.size === ramBytes && state.size === stateBytes;
  } catch {
    // Missing, incomplete or in another format: it is built again in its place.
    return false;
  }
}

/** A folder to build in, beside the template's place. Each builder gets its own. */
export async function beginTemplate(target: Template): Promise<Template> {
  const folder = `${target.folder}.building-${randomBytes(4).toString('hex')}`;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return templateAt(folder);
}

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r+');
  await file.chmod(0o600);
  await file.sync();
  await file.close();
}

/** Syncs a built template to disk and moves it to its place in one step. */
export async function commitTemplate(built: Template, target: Template, key: TemplateKey): Promise<void> {
  await Promise.all([flush(built.ramFile), flush(built.stateFile)]);
  const [ram, state] = await Promise.all([stat(built.ramFile), stat(built.stateFile)]);
  const content = { key: { ...key }, ramBytes: ram.size, stateBytes: state.size };
  await writeFile(join(built.folder, 'template.json'), JSON.stringify(content), { flush: true });
  await rm(target.folder, { recursive: true, force: true });
  await rename(built.folder, target.folder);
  // A template that can't be removed only takes up space.
  await pruneTemplates(target).catch(() => undefined);
}

/**
 * How many templates to keep besides the newest: each is about 450 MB, and an older version of the app may be run
 * again.
 */
const keptOlder = 2;
/** A build that is older than this was abandoned. */
const buildLifeMs = 60 * 60_000;

/**
 * Removes templates that no start will use again. A guest that runs from a removed template keeps its files until it
 * ends.
 */
async function pruneTemplates(newest: Template): Promise<void> {
  const parent = dirname(newest.folder);
  const names = (await readdir(parent)).filter((name) => name !== basename(newest.folder));
  const aged = await Promise.all(
    names.map(async (name) => ({ name, madeAt: (await stat(join(parent, name)).catch(() => null))?.mtimeMs ?? 0 })),
  );
  const isBuild = ({ name }: { name: string }): boolean => name.includes('.building-');
  const abandoned = aged.filter((entry) => isBuild(entry) && Date.now() - entry.madeAt > buildLifeMs);
  const older = aged.filter((entry) => !isBuild(entry)).sort((a, b) => b.madeAt - a.madeAt);
  for (const { name } of [...abandoned, ...older.slice(keptOlder)]) {
    await rm(join(parent, name), { recursive: true, force: true });
  }
}

export const discardTemplate = (template: Template): Promise<void> =>
  rm(template.folder, { recursive: true, force: true });
