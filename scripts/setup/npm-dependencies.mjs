import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runLogged } from './run-logged.mjs';

/** @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, link?: boolean }} LockedPackage */
/** @typedef {{ packages?: Record<string, LockedPackage> }} Lockfile */

/**
 * Whether npm's record of what is installed matches the lockfile.
 *
 * Compares the content rather than a stamp of ours, so that a plain `npm install` counts too.
 *
 * @param {Lockfile} wanted package-lock.json
 * @param {Lockfile | undefined} installed node_modules/.package-lock.json, which npm writes last
 */
export function isInstalled(wanted, installed) {
  if (!installed?.packages) return false;
  const present = installed.packages;
  return Object.entries(wanted.packages ?? {}).every(([path, entry]) => {
    if (path === '') return true;
    const found = present[path];
    // An optional package may be for another platform.
    return found ? found.version === entry.version : entry.optional === true || entry.devOptional === true;
  });
}

/**
 * Installs the npm dependencies when they are missing or differ from the lockfile.
 *
 * @param {{ root: string, logFile: string, signal: AbortSignal, report: import('./progress.mjs').Report }} step
 */
export async function installDependencies({ root, logFile, signal, report }) {
  const wanted = await readLockfile(join(root, 'package-lock.json'));
  const installed = await readLockfile(join(root, 'node_modules/.package-lock.json'));
  if (wanted && isInstalled(wanted, installed)) return;
  report.changed();
  const call = { command: 'npm', cwd: root, logFile, signal };
  // One query first: without a network, npm would try hundreds of packages for five minutes before it reports an error.
  await runLogged({ ...call, args: ['view', 'typescript', 'name', '--prefer-offline', '--fetch-retries=1'] });
  // From scratch, as `npm ci` does: an interrupted installation looks complete to npm. `npm ci` itself refuses a
  // lockfile that names no version of an optional package for another platform, and some registries lack a few of
  // those.
  await rm(join(root, 'node_modules'), { recursive: true, force: true });
  const args = ['install', '--no-save', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  await runLogged({ ...call, args });
}

/**
 * @param {string} path
 * @returns {Promise<Lockfile | undefined>}
 */
async function readLockfile(path) {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    // Missing, or cut off by an interrupted installation: install again.
    return undefined;
  }
}
