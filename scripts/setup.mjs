// Prepares everything that `npm start` and `npm test` need. Plain Node without packages: it runs before `npm ci`.
import { mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from './cache-folder.mjs';
import { ensureElectron } from './electron.mjs';
import { buildBundles } from './setup/bundles.mjs';
import { asSetupFailure } from './setup/failure.mjs';
import { takeLock } from './setup/lock.mjs';
import { requireNode } from './setup/node-version.mjs';
import { installDependencies } from './setup/npm-dependencies.mjs';
import { Progress } from './setup/progress.mjs';
import { ensureRuntimePack } from './setup/runtime-pack.mjs';
import { installSystemTools } from './setup/system-tools.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const interrupted = Symbol('interrupted');
/** @type {readonly NodeJS.Signals[]} */
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * @typedef {object} Ready
 * @property {import('./setup/runtime-pack.mjs').PackPlace} pack
 * @property {import('./electron.mjs').FoundElectron | undefined} electron only searched for when requested
 */

/**
 * Sets up this machine and this clone, doing only what is still missing.
 *
 * When that fails, ends the process with exit code 1 and a message that says what to do; on Ctrl-C, with 130. The next
 * run continues. A second set-up waits for the first.
 *
 * @param {{ forTests?: boolean, forWindow?: boolean }} [options] `forTests` also sets up browsers and Electron,
 *   `forWindow` only Electron
 * @returns {Promise<Ready>}
 */
export async function setup({ forTests = false, forWindow = false } = {}) {
  return guarded((signal) => runSteps({ forTests, forWindow }, signal));
}

/** Only the first step: what a check without QEMU and browser needs. */
export async function setupPackages() {
  await guarded((signal) => withSteps(signal, ({ progress, common }) => installPackages(progress, common)));
}

/** Packages and the system tools that are asked for. @param {{ forInterop?: boolean }} [options] */
export async function setupTools({ forInterop = false } = {}) {
  await guarded((signal) =>
    withSteps(signal, async ({ progress, common }) => {
      await installPackages(progress, common);
      await progress.step('system tools', (report) => installSystemTools({ ...common, forInterop, report }));
    }),
  );
}

/** Packages and bundles: for commands that run no virtual machine. */
export async function setupBundles() {
  await guarded((signal) =>
    withSteps(signal, async ({ progress, common }) => {
      await installPackages(progress, common);
      await progress.step('program bundles', (report) => buildBundles({ ...common, report }));
    }),
  );
}

/**
 * Runs the work so that Ctrl-C and failures end the process with a message instead of a stack trace.
 *
 * @template T
 * @param {(signal: AbortSignal) => Promise<T>} work
 * @returns {Promise<T>}
 */
async function guarded(work) {
  const stop = new AbortController();
  const onSignal = () => stop.abort(interrupted);
  for (const name of endings) process.on(name, onSignal);
  try {
    return await work(stop.signal);
  } catch (error) {
    if (stop.signal.aborted) {
      process.stderr.write('Stopped. The same command continues from here.\n');
      return process.exit(130);
    }
    const failure = asSetupFailure(error);
    process.stderr.write(`${[failure.output, failure.message, failure.advice].filter(Boolean).join('\n')}\n`);
    return process.exit(1);
  } finally {
    for (const name of endings) process.off(name, onSignal);
  }
}

/**
 * @param {{ forTests: boolean, forWindow: boolean }} wanted
 * @param {AbortSignal} signal
 * @returns {Promise<Ready>}
 */
function runSteps({ forTests, forWindow }, signal) {
  return withSteps(signal, async ({ progress, common }) => {
    await installPackages(progress, common);
    await progress.step('system tools', (report) => installSystemTools({ ...common, forTests, report }));
    await progress.step('program bundles', (report) => buildBundles({ ...common, report }));
    const pack = await progress.step('runtime pack', (report) => ensureRuntimePack({ ...common, report }));
    const electron =
      forTests || forWindow
        ? await progress.step('Electron', (report) => ensureElectron({ ...common, forTests, report }))
        : undefined;
    return { pack, electron };
  });
}

/**
 * @param {Progress} progress
 * @param {Common} common
 */
const installPackages = (progress, common) =>
  progress.step('npm packages', (report) => installDependencies({ ...common, report }));

/**
 * @typedef {{ root: string, cache: string, logFile: string, signal: AbortSignal }} Common what every step is given
 */

/**
 * Runs steps while no other set-up is running.
 *
 * @template T
 * @param {AbortSignal} signal
 * @param {(tools: { progress: Progress, common: Common }) => Promise<T>} steps
 * @returns {Promise<T>}
 */
async function withSteps(signal, steps) {
  requireNode();
  const cache = cacheFolder();
  const giveBack = await takeLock(join(cache, 'setup.lock'), {
    signal,
    onWait: (holder) => process.stderr.write(`Waiting until process ${holder} has finished its set-up…\n`),
  });
  try {
    const logFile = await freshLog(cache);
    return await steps({ progress: new Progress(), common: { root, cache, logFile, signal } });
  } finally {
    await giveBack();
  }
}

/**
 * The log of this run; the previous one is kept beside it.
 *
 * @param {string} cache
 */
async function freshLog(cache) {
  const folder = join(cache, 'logs');
  await mkdir(folder, { recursive: true });
  const logFile = join(folder, 'setup.log');
  await rename(logFile, join(folder, 'setup.previous.log')).catch(() => {
    // There was none.
  });
  return logFile;
}

if (process.argv[1] !== fileURLToPath(import.meta.url)) {
  // Imported.
} else if (process.argv.includes('--bundles')) {
  await setupBundles();
} else {
  const ready = await setup({ forTests: process.argv.includes('--for-tests') });
  console.log(JSON.stringify(ready));
}
