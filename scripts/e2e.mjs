// The journeys of e2e/: in Chromium, and those about the window in Electron; with --all, every journey in both.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from './cache-folder.mjs';
import { setup } from './setup.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const results = join(root, 'test-results');

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * Where Chromium may be; the first path that exists is used.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @param {NodeJS.Platform} platform
 */
function findChromium(environment, platform) {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const folders = (environment.PATH ?? '').split(delimiter);
  const elsewhere = {
    darwin: [
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ],
    win32: [join(environment.PROGRAMFILES ?? 'C:\\Program Files', 'Google\\Chrome\\Application\\chrome.exe')],
  };
  const candidates = [
    environment.PIWORK_CHROMIUM ?? '',
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
    ...(elsewhere[/** @type {'darwin'} */ (platform)] ?? []),
  ];
  return candidates.find((path) => path !== '' && existsSync(path));
}

/**
 * Electron needs a display, and may crash without a session bus.
 *
 * @param {string[]} words
 * @returns {string[]}
 */
function onDisplay(words) {
  if (process.platform !== 'linux') return words;
  return ['xvfb-run', '-a', '-s', '-screen 0 1400x1000x24', 'dbus-run-session', '--', ...words];
}

/**
 * Counts from Playwright's summary. Errors outside a test, such as a process left behind, are failures too.
 *
 * @param {string} file
 * @returns {Promise<Counts>}
 */
async function countsOf(file) {
  try {
    const { stats, errors } = JSON.parse(await readFile(file, 'utf8'));
    // There are no retries, so nothing is flaky.
    return { passed: stats.expected, failed: stats.unexpected + errors.length, skipped: stats.skipped };
  } catch {
    // It ended before it could write a summary.
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/**
 * Runs the journeys and prints their progress.
 *
 * @param {{ packFolder: string, electronExecutable: string | undefined, resultFile: string, words?: string[], all?:
 *   boolean }} options
 *   `words` are further arguments of Playwright, such as the name of one spec; with `all`, or a `--project` among
 *   them, tests that are the same in both shells run in each
 * @returns {Promise<Counts>}
 */
export async function runE2e({ packFolder, electronExecutable, resultFile, words = [], all = false }) {
  const chromium = findChromium(process.env, process.platform);
  const skipped = [
    ...(chromium ? [] : ['the browser shell: skipped, no Chromium was found']),
    ...(electronExecutable ? [] : ['the Electron shell: skipped, no Electron was found']),
  ];
  for (const reason of skipped) console.log(`· ${reason}`);
  const projects = [...(chromium ? ['chromium'] : []), ...(electronExecutable ? ['electron'] : [])];
  const none = { passed: 0, failed: 0, skipped: skipped.length };
  // Without a browser there is no shell to warm up in, and nothing to compare the window with.
  if (!chromium) return none;
  await mkdir(results, { recursive: true });
  await rm(resultFile, { force: true });
  // A named shell runs all journeys.
  const isChosen = words.some((word) => word.startsWith('--project'));
  const [command = '', ...rest] = onDisplay([
    process.execPath,
    join(root, 'node_modules/@playwright/test/cli.js'),
    'test',
    ...['-c', join(root, 'e2e/playwright.config.ts')],
    ...words,
    ...(isChosen ? [] : projects.map((name) => `--project=${name}`)),
  ]);
  const child = spawn(command, rest, {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      PIWORK_CACHE: cacheFolder(),
      PIWORK_PACK: packFolder,
      PIWORK_CHROMIUM: chromium,
      PIWORK_E2E_RESULT: resultFile,
      PIWORK_E2E_ALL: all || isChosen ? '1' : '0',
      ...(electronExecutable ? { PIWORK_ELECTRON: electronExecutable } : {}),
    },
  });
  // The terminal sends Ctrl-C to the runner too, which ends what it started; this process only waits for it.
  const wait = () => {};
  process.on('SIGINT', wait);
  const [code] = await once(child, 'close');
  process.off('SIGINT', wait);
  const counts = await countsOf(resultFile);
  const failed = code !== 0 && counts.failed === 0 ? 1 : counts.failed;
  return { passed: counts.passed, failed, skipped: counts.skipped + skipped.length };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { pack, electron } = await setup({ forTests: true });
  const words = process.argv.slice(2);
  const { passed, failed, skipped } = await runE2e({
    packFolder: pack.folder,
    electronExecutable: electron?.executable,
    resultFile: join(results, 'e2e.json'),
    words: words.filter((word) => word !== '--all'),
    all: words.includes('--all'),
  });
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exitCode = failed === 0 ? 0 : 1;
}
