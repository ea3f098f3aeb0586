// `npm test`: everything, on a new machine too; with --all, every journey in both shells. Ends with one line: N passed,
// N failed, N skipped.
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder.mjs';
import { check } from './check.mjs';
import { runE2e } from './e2e.mjs';
import { hostPi } from './host-pi.mjs';
import { root, runStep } from './run-step.mjs';
import { setup } from './setup.mjs';

const results = join(root, 'test-results');

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * Counts from a jest summary; a run without one counts as one failure. @param {string} file @returns {Promise<Counts>}
 */
async function jestCounts(file) {
  try {
    const summary = JSON.parse(await readFile(file, 'utf8'));
    return {
      passed: summary.numPassedTests,
      failed: summary.numFailedTests + summary.numRuntimeErrorTestSuites,
      skipped: summary.numPendingTests,
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/** Jest tests with a real pi on the host. @returns {Promise<Counts>} */
async function withRealPi() {
  const env = await hostPi(cacheFolder());
  if (!env) {
    console.log("· tests with the real pi on the host: skipped, the pack wasn't built on this machine");
    return { passed: 0, failed: 0, skipped: 1 };
  }
  const summaryFile = join(results, 'real-pi.json');
  await runStep({
    name: 'the real pi and the tour model',
    command: join(root, 'node_modules/.bin/jest'),
    words: [
      '--selectProjects',
      'node',
      '--json',
      `--outputFile=${summaryFile}`,
      '--silent',
      '--testPathPatterns',
      'real-pi',
    ],
    env,
  });
  return jestCounts(summaryFile);
}

const { pack, electron } = await setup({ forTests: true });
await rm(results, { recursive: true, force: true });
const steps = await check({ summaryFile: join(results, 'unit.json'), isThorough: true });
const counts = [await jestCounts(join(results, 'unit.json')), await withRealPi()];
// Unit tests are counted one by one; every other step of the check counts as one test.
for (const succeeded of steps.slice(0, -1))
  counts.push({ passed: Number(succeeded), failed: Number(!succeeded), skipped: 0 });
counts.push(
  await runE2e({
    packFolder: pack.folder,
    electronExecutable: electron?.executable,
    resultFile: join(results, 'e2e.json'),
    all: process.argv.includes('--all'),
  }),
);
const total = (/** @type {keyof Counts} */ name) => counts.reduce((sum, count) => sum + count[name], 0);
console.log(`\n${total('passed')} passed, ${total('failed')} failed, ${total('skipped')} skipped`);
process.exitCode = total('failed') === 0 && steps.every(Boolean) ? 0 : 1;
