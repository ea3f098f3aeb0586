// `npm run check`: format, lint, types, unit tests and generated files. Needs no QEMU and no browser.
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { programs } from './check/programs.mjs';
import { endWith, root, runStep } from './run-step.mjs';
import { setupPackages } from './setup.mjs';

/** @typedef {{ name: string, command: string, words: string[], env?: NodeJS.ProcessEnv }} Step */

/** @param {string} name */
const bin = (name) => join(root, 'node_modules', '.bin', name);

/**
 * @param {string} name
 * @param {string[]} words
 * @returns {Step}
 */
const nodeStep = (name, ...words) => ({ name, command: process.execPath, words });

/** Each keeps one core busy; the longest come first. */
const steps = [
  // A compiler makes much short-lived garbage: more room for it saves 5 % of the time.
  ...programs.map(({ name, config }) =>
    nodeStep(`types and lint of ${name}`, '--max-semi-space-size=64', 'scripts/check/code.mjs', config),
  ),
  { name: 'format', command: bin('prettier'), words: ['--check', '--log-level', 'warn', '--cache', '.'] },
  {
    name: 'lint of scripts',
    command: bin('eslint'),
    words: ['.', '--ignore-pattern', '**/*.{ts,tsx}', '--max-warnings', '0'],
  },
  nodeStep('generated files', 'scripts/protocol-doc.mjs', '--check'),
  nodeStep('generated code of the contract', 'scripts/capnp.mjs', '--check'),
  nodeStep('tests of scripts', '--test', 'scripts/test/'),
];

/** @param {string} summaryFile @param {boolean} isThorough @returns {Step} */
const unitTests = (summaryFile, isThorough) => ({
  name: 'unit tests',
  env: { PIWORK_ALL_ROUNDS: isThorough ? '1' : '0' },
  command: bin('jest'),
  words: [
    '--json',
    `--outputFile=${summaryFile}`,
    '--silent',
    '--maxWorkers=100%',
    '--testPathIgnorePatterns',
    'real-pi',
    'node_modules',
  ],
});

/**
 * Runs steps, as many at a time as there are cores. The unit tests come last, because they use all cores and some of
 * them measure time.
 *
 * @param {{ summaryFile?: string, isThorough?: boolean }} [options] where jest's summary goes, and whether tests
 *   with random input run all their rounds
 * @returns {Promise<boolean[]>} in the order of the steps, the unit tests at the end
 */
export async function check({ summaryFile = join(root, 'test-results', 'unit.json'), isThorough = false } = {}) {
  const all = [...steps, unitTests(summaryFile, isThorough)];
  /** @type {boolean[]} */
  const results = [];
  const waiting = all.entries();
  const lane = async () => {
    for (const [index, step] of waiting) results[index] = await runStep(step);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
  return results;
}

if (process.argv[1] === join(root, 'scripts', 'check.mjs')) {
  await setupPackages();
  endWith(await check());
}
