import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { SetupFailure } from './failure.mjs';
import { runLogged } from './run-logged.mjs';
import { electronLibraries, interopTools, runTools, testTools } from './tool-table.mjs';

/** @typedef {import('./tool-table.mjs').Tool} Tool */
/** @typedef {{ forTests?: boolean, forInterop?: boolean }} Wanted `forInterop` asks for that alone */

/** @param {string} command */
function isOnPath(command) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, command)));
}

/** Names of the shared libraries that the linker knows, such as `libnss3.so`. */
function sharedLibraries() {
  const listed = spawnSync('ldconfig', ['-p'], {
    encoding: 'utf8',
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` },
  });
  return listed.stdout ?? '';
}

/**
 * The tools that are not installed here.
 *
 * @param {Wanted & { platform?: NodeJS.Platform, arch?: string }} wanted
 * @returns {Tool[]}
 */
export function missingTools({ forTests, forInterop, platform = process.platform, arch = process.arch }) {
  if (forInterop) return interopTools.filter((tool) => !isOnPath(tool.name));
  const isLinux = platform === 'linux';
  const programs = [...runTools(platform, arch), ...(forTests && isLinux ? testTools : [])];
  const missing = programs.filter((tool) => !isOnPath(tool.name));
  if (!forTests || !isLinux) return missing;
  const known = sharedLibraries();
  return [...missing, ...electronLibraries.filter((library) => !known.includes(`${library.name} `))];
}

/**
 * Installs missing tools with apt-get as root on Debian or Ubuntu; otherwise says which command to run.
 *
 * @param {Wanted & { logFile: string, signal: AbortSignal, report: import('./progress.mjs').Report }} step
 */
export async function installSystemTools({ forTests = false, forInterop = false, logFile, signal, report }) {
  const missing = missingTools({ forTests, forInterop });
  if (missing.length === 0) return;
  report.changed();
  const names = missing.map((tool) => tool.name).join(', ');
  if (process.platform === 'darwin') {
    const formulas = [...new Set(missing.map((tool) => tool.brew ?? tool.name))].join(' ');
    throw new SetupFailure(`Not installed: ${names}.`, `Run: brew install ${formulas}`);
  }
  if (!isOnPath('apt-get')) {
    const packages = missing.map((tool) => tool.packages[0]).join(' ');
    throw new SetupFailure(
      `Not installed: ${names}.`,
      `Install them with your package manager (package names on Debian: ${packages}) and run the same command again.`,
    );
  }
  if (process.getuid?.() !== 0) {
    const command = ['sudo apt-get update && sudo apt-get', ...installArguments(knownPackages(missing))].join(' ');
    throw new SetupFailure(`Not installed: ${names}.`, `Run: ${command}`);
  }
  await aptInstall(missing, { logFile, signal });
  const stillMissing = missingTools({ forTests, forInterop });
  if (stillMissing.length === 0) return;
  throw new SetupFailure(
    `apt-get succeeded, but these weren't found: ${stillMissing.map((tool) => tool.name).join(', ')}.`,
    `Add them to PATH and run the same command again. Output of apt-get: ${logFile}`,
  );
}

/** @param {string[]} packages */
function installArguments(packages) {
  return ['install', '-y', '--no-install-recommends', ...packages];
}

/**
 * The name of each tool's package in this release of Debian or Ubuntu.
 *
 * @param {Tool[]} tools
 */
function knownPackages(tools) {
  return tools.flatMap(({ packages }) => {
    if (packages.length === 1) return packages;
    const known = packages.find((name) => spawnSync('apt-cache', ['show', name], { stdio: 'ignore' }).status === 0);
    return [known ?? packages[0] ?? ''];
  });
}

/**
 * @param {Tool[]} missing
 * @param {{ logFile: string, signal: AbortSignal }} step
 */
async function aptInstall(missing, { logFile, signal }) {
  // dpkg must not be interrupted: apt-get ends by itself after a signal, when the current package is done.
  const call = {
    logFile,
    signal,
    environment: { DEBIAN_FRONTEND: 'noninteractive' },
    stopSignal: /** @type {const} */ ('SIGINT'),
  };
  const patience = ['-o', 'DPkg::Lock::Timeout=120', '-o', 'Acquire::Retries=2'];
  await runLogged({ ...call, command: 'dpkg', args: ['--configure', '-a'] });
  await runLogged({ ...call, command: 'apt-get', args: [...patience, 'update'] });
  const packages = knownPackages(missing);
  await runLogged({ ...call, command: 'apt-get', args: [...patience, ...installArguments(packages)] });
}
