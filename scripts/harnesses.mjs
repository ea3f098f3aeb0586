// `npm run test:harnesses`: one recorded trace, run with the real pi and the real VTCode and the same behaviour file.
// Prints the table of docs/harnesses.md, and ends with one line: N passed, N failed, N skipped.
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildProcesses } from './build.mjs';
import { cacheFolder } from './cache-folder.mjs';
import { runAcp, stopsForReal } from './harnesses/acp-side.mjs';
import { runPi } from './harnesses/pi-side.mjs';
import { firstDifference, rows } from './harnesses/rows.mjs';
import { runTui } from './harnesses/tui-side.mjs';
import { hostPi } from './host-pi.mjs';
import { root } from './run-step.mjs';
import { setupPackages } from './setup.mjs';

const vtcodeVersion = '0.169.2';
const trial = join(root, 'bridge/harness/trial');

/** Where VTCode is: `$PIWORK_VTCODE` or the cache; otherwise the reason why it isn't used. */
function findVtcode() {
  const program = process.env.PIWORK_VTCODE ?? join(cacheFolder(), 'vtcode/bin/vtcode');
  try {
    const said = execFileSync(program, ['--version'], { encoding: 'utf8', timeout: 10_000 });
    const version = /\d+\.\d+\.\d+/.exec(said)?.[0];
    return version === vtcodeVersion
      ? { program }
      : { missing: `VTCode has ${version ?? 'no known version'}; the tests need ${vtcodeVersion}` };
  } catch {
    const how = `cargo install vtcode --version ${vtcodeVersion} --locked --root ${join(cacheFolder(), 'vtcode')}`;
    return { missing: `VTCode isn't installed. Run: ${how}` };
  }
}

const hasPython = () => {
  try {
    execFileSync('python3', ['-c', 'import pty'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** @typedef {import('./harnesses/evidence.mjs').Evidence} Evidence */
/** @typedef {import('./harnesses/rows.mjs').Side} SideName */
/** @typedef {{ evidence: Evidence } | { skipped: string } | { failed: string }} SideResult */

/**
 * @param {string} name
 * @param {string | undefined} missing why it cannot run
 * @param {() => Promise<Evidence>} run
 * @returns {Promise<SideResult>}
 */
async function side(name, missing, run) {
  if (missing !== undefined) {
    console.log(`· ${name}: skipped, ${missing}`);
    return { skipped: missing };
  }
  const startedAt = performance.now();
  try {
    const evidence = await run();
    console.log(`· ${name}: ran in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
    return { evidence };
  } catch (error) {
    console.log(`· ${name}: ${error instanceof Error ? error.stack : error}`);
    return { failed: String(error) };
  }
}

const counts = { passed: 0, failed: 0, skipped: 0 };

/** @param {SideName} name @param {SideResult} result @param {import('./harnesses/rows.mjs').TrialRow} row */
function cell(name, result, { holds, losses = {} }) {
  const loss = losses[name];
  if ('skipped' in result) {
    counts.skipped += 1;
    return 'skipped';
  }
  const isSo = 'evidence' in result && (loss ?? { holds }).holds(result.evidence);
  counts[isSo ? 'passed' : 'failed'] += 1;
  if (!isSo) return 'FAILED';
  return loss ? 'lost' : 'yes';
}

/**
 * Whether the page agrees with the run in every cell. Skipped cells are not compared.
 *
 * @param {readonly string[][]} found
 */
async function isOnThePage(found) {
  const page = await readFile(join(root, 'docs/harnesses.md'), 'utf8');
  return found.every(([what, ...cells]) => {
    const row = page.split('\n').find((one) => one.startsWith(`| ${what} |`));
    const words = row?.split(' | ').slice(1) ?? [];
    return cells.every((text, index) => text === 'skipped' || words[index]?.startsWith(text) === true);
  });
}

/** @param {Record<SideName, SideResult>} sides @returns {string[][]} its cells */
function table(sides) {
  const names = /** @type {SideName[]} */ (Object.keys(sides));
  const widths = [46, ...names.map(() => 12)];
  const line = (/** @type {readonly string[]} */ cells) =>
    cells
      .map((text, index) => text.padEnd(widths[index] ?? 0))
      .join('')
      .trimEnd();
  console.log(`\n${line(['', ...names])}`);
  const found = rows.map((row) => [row.what, ...names.map((name) => cell(name, sides[name], row))]);
  for (const cells of found) console.log(line(cells));
  const told = rows.flatMap(({ what, losses = {} }) =>
    Object.entries(losses).map(([name, { why }]) => `  ${name}, ${what}: ${why}`),
  );
  console.log(['', 'Lost, as declared and checked:', ...told].join('\n'));
  return found;
}

/** @param {string} what @param {boolean | null} isSo `null` when it was skipped @param {string} why */
function note(what, isSo, why = '') {
  if (isSo === null) counts.skipped += 1;
  else counts[isSo ? 'passed' : 'failed'] += 1;
  console.log(`${what}: ${isSo === null ? 'skipped' : isSo ? 'yes' : `FAILED ${why}`}`);
}

async function main() {
  await setupPackages();
  await buildProcesses();
  const scope = await mkdtemp(join(tmpdir(), 'piwork-harnesses-'));
  const folder = async (/** @type {string} */ name) => {
    await mkdir(join(scope, name));
    return join(scope, name);
  };
  const trace = JSON.parse(await readFile(join(trial, 'trace.json'), 'utf8'));
  const behaviour = join(trial, 'behaviour.edn');
  const pi = await hostPi(cacheFolder());
  const { program, missing } = findVtcode();
  // The sides that need it don't run without it.
  const vtcode = program ?? '';
  const given = { trace, behaviour, vtcode };
  const missingForTerminal =
    missing === undefined && !hasPython() ? "python3 isn't installed; it simulates a terminal" : missing;
  /** @type {boolean | null} */
  let isRemovedToTheByte = null;
  const sides = {
    pi: await side(
      'pi',
      pi ? undefined : "the runtime pack wasn't built on this machine. Run: npm run pack",
      async () => {
        if (!pi) throw new Error('there is no pi');
        return runPi({ ...given, pi, folder: await folder('pi') });
      },
    ),
    'vtcode-acp': await side('vtcode-acp', missing, async () => runAcp({ ...given, folder: await folder('acp') })),
    'vtcode-tui': await side('vtcode-tui', missingForTerminal, async () => {
      const evidence = await runTui({ ...given, folder: await folder('tui') });
      isRemovedToTheByte = evidence.removedToTheByte;
      return evidence;
    }),
  };
  const found = table(sides);
  console.log('');
  note('docs/harnesses.md has this table', await isOnThePage(found));
  for (const name of /** @type {const} */ (['vtcode-acp', 'vtcode-tui'])) {
    const [pis, others] = [sides.pi, sides[name]];
    const isSkipped = 'skipped' in pis || 'skipped' in others;
    const hasBoth = 'evidence' in pis && 'evidence' in others;
    const difference = hasBoth ? firstDifference(pis.evidence, others.evidence, name) : 'one of them failed';
    note(`the journals of pi and ${name} agree`, isSkipped ? null : difference === null, difference ?? '');
  }
  note('install and remove leave vtcode.toml unchanged', isRemovedToTheByte);
  const stopped = missing ? null : await stopsForReal({ ...given, folder: await folder('stop') }).catch(() => false);
  note('stopping a run ends the command that it runs', stopped);
  if (process.argv.includes('--keep')) console.log(`kept: ${scope}`);
  else await rm(scope, { recursive: true, force: true });
  console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  process.exitCode = counts.failed > 0 ? 1 : 0;
}

await main();
