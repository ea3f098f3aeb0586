// `npm run test:posix [-- SUITE [PART…]]`: suites that others wrote, on a task's folder in the guest, beside the
// guest's own tmpfs. Prints what differs, and fails when the folder does worse; see scripts/posix/suites.mjs.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder.mjs';
import { count, differences, isWorse } from './posix/compare.mjs';
import { runInGuest } from './posix/in-guest.mjs';
import { whyKnown } from './posix/known.mjs';
import { suites } from './posix/suites.mjs';
import { Skipped } from './posix/tools.mjs';
import { root } from './run-step.mjs';
import { setup } from './setup.mjs';

const resultFolder = join(root, 'test-results/posix');
const [chosen, ...chosenParts] = process.argv.slice(2);
const selected = suites.filter(({ name }) => chosen === undefined || name === chosen);
if (selected.length === 0) {
  console.error(`There is no suite "${chosen}". Use ${suites.map(({ name }) => name).join(', ')}.`);
  process.exit(1);
}

/** @param {import('./posix/compare.mjs').Counts} counts */
const inWords = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`;

/** @param {import('./posix/suites.mjs').Suite} suite @param {string} packFolder @returns {Promise<boolean>} */
async function run(suite, packFolder) {
  const parts = chosenParts.length > 0 ? chosenParts : suite.parts;
  const { control, mount, problem } = await runInGuest({ suite, parts, cache: cacheFolder(), packFolder });
  const different = differences(control, mount).map((each) => ({ ...each, known: whyKnown(suite.name, each.test) }));
  const counts = { control: count(control), mount: count(mount) };
  console.log(`\n${suite.name} (${suite.from})`);
  console.log(`  mount:   ${inWords(counts.mount)}\n  control: ${inWords(counts.control)}`);
  for (const { test, control: before, mount: now, reason, known } of different) {
    const why = known === null ? reason : `known: ${known}`;
    console.log(`  ${test}: ${before} on the control, ${now} on the mount${why ? `\n    ${why}` : ''}`);
  }
  if (problem) console.log(`  ✗ ${problem}`);
  await mkdir(resultFolder, { recursive: true });
  const result = { suite: suite.name, parts, problem, counts, different, control, mount };
  await writeFile(join(resultFolder, `${suite.name}.json`), `${JSON.stringify(result, null, 2)}\n`);
  return (
    problem === null && counts.control.passed > 0 && !different.some((each) => isWorse(each) && each.known === null)
  );
}

const { pack } = await setup();
const succeeded = [];
for (const suite of selected) {
  try {
    succeeded.push(await run(suite, pack.folder));
  } catch (error) {
    if (!(error instanceof Skipped)) throw error;
    console.log(`\n· ${suite.name}: skipped. ${error.message}`);
  }
}
process.exitCode = succeeded.every(Boolean) ? 0 : 1;
