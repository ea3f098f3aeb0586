// Gets the foreign suites, for the guest's release of Debian, and lays out what the guest needs of them.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../run-step.mjs';

const packages = ['libpython3.13-testsuite'];
const unpackMs = 10 * 60_000;

/** A tool that a suite needs is missing or can't be downloaded. */
export class Skipped extends Error {}

/** The guest's release, as its pack is built from. */
async function debianSuite() {
  const source = await readFile(join(root, 'guest/pack/sources.ts'), 'utf8');
  const [, suite] = /debianSuite = '(\w+)'/.exec(source) ?? [];
  if (suite === undefined) throw new Error("guest/pack/sources.ts no longer names Debian's release.");
  return suite;
}

/**
 * Debian's packages, unpacked without running anything of them. Kept in the cache.
 *
 * @param {string} cache
 * @returns {Promise<string>} the folder
 */
export async function unpackedPackages(cache) {
  const suite = await debianSuite();
  const key = createHash('sha256')
    .update(JSON.stringify([suite, packages]))
    .digest('hex')
    .slice(0, 16);
  const folder = join(cache, 'posix', key);
  if (existsSync(folder)) return folder;
  await mkdir(join(cache, 'posix'), { recursive: true });
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  const mode = process.getuid?.() === 0 ? 'root' : 'chrootless';
  const words = [`--mode=${mode}`, '--variant=extract', `--include=${packages.join(',')}`, suite, unfinished];
  const { status, stderr, error } = spawnSync('mmdebstrap', words, { encoding: 'utf8', timeout: unpackMs });
  if (status !== 0) throw new Skipped(`Debian's packages can't be had: ${error?.message ?? stderr.trim().slice(-300)}`);
  await rename(unfinished, folder);
  return folder;
}

/**
 * Copies what the guest needs into a folder that a task is given.
 *
 * @param {string} cache
 * @param {string} folder
 */
export async function layOutTools(cache, folder) {
  const tree = await unpackedPackages(cache);
  await cp(join(root, 'scripts/posix/guest'), folder, { recursive: true });
  await cp(join(tree, 'usr/lib/python3.13/test'), join(folder, 'python/test'), { recursive: true });
}
