// `npm run test:interop`: plays one recorded trace to the same extension in three languages, over a connection like
// pi's proxy; then runs each of them in the real pi. `--record` writes the TypeScript bridge's answers into the trace.
import { readFileSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cacheFolder } from './cache-folder.mjs';
import { hostPi } from './host-pi.mjs';
import { bridges, bundle, Skipped } from './interop/bridges.mjs';
import { root, runStep } from './run-step.mjs';
import { setupTools } from './setup.mjs';

const cache = join(cacheFolder(), 'interop');
const traceFile = join(root, 'examples/trace/count-words.jsonl');
const filesFolder = join(root, 'examples/trace/files');

/** @typedef {{ passed: number, failed: number, skipped: number, what: string }} Row */
/** @typedef {import('../examples/trace/play-bridge.ts')} Player */
/** @typedef {Awaited<ReturnType<Player['playBridge']>>} PlayedTrace */
/** @typedef {PlayedTrace['steps'][number]} PlayedStep */

/**
 * One line of the trace as it is stored: where an answer repeats a placeholder's value, the placeholder is stored.
 *
 * @param {string} line
 * @param {PlayedStep | undefined} step
 */
function recordedLine(line, step) {
  const { about, call, input, replies, cancelAt, giveUpAt, times } = JSON.parse(line);
  const text = JSON.stringify({ about, call, input, replies, cancelAt, giveUpAt, times, ...step?.played });
  return text.replaceAll('x'.repeat(1024 * 1024), '{large}').replaceAll(filesFolder, '{files}');
}

/** @param {PlayedTrace} trace */
async function record({ steps }) {
  const lines = readFileSync(traceFile, 'utf8').trimEnd().split('\n');
  await writeFile(traceFile, `${lines.map((line, index) => recordedLine(line, steps[index])).join('\n')}\n`);
}

const short = (/** @type {unknown} */ value) => (JSON.stringify(value) ?? 'nothing').replace(/(.{300}).+/s, '$1…');

/** @param {PlayedStep} step */
function difference({ step, played }) {
  const compared = /** @type {const} */ (['host', 'answer', 'error']);
  const names = compared.filter((name) => JSON.stringify(step[name]) !== JSON.stringify(played[name]));
  const lines = names.map((name) => `\n    ${name}: ${short(played[name])}\n      recorded: ${short(step[name])}`);
  return `\n  ${step.call}, ${step.about}:${lines.join('')}`;
}

/** @param {PlayedTrace} trace @returns {Row} */
function playedRow({ steps, exit }) {
  const wrong = steps.filter(({ isAsRecorded }) => !isAsRecorded);
  const hasEnded = exit === 'exit 0';
  const totalMs = steps.reduce((sum, { tookMs }) => sum + tookMs, 0);
  const what = `${totalMs.toFixed(0)} ms, ${exit} when closed${wrong.map(difference).join('')}`;
  return {
    passed: steps.length - wrong.length + (hasEnded ? 1 : 0),
    failed: wrong.length + (hasEnded ? 0 : 1),
    skipped: 0,
    what,
  };
}

/** @param {Record<string, import('./interop/bridges.mjs').Command>} others @returns {Promise<Row>} */
async function inRealPi(others) {
  const env = await hostPi(cacheFolder());
  if (!env)
    return {
      passed: 0,
      failed: 0,
      skipped: 1,
      what: "skipped: the runtime pack wasn't built on this machine. Run: npm run pack",
    };
  const summaryFile = join(cache, 'real-pi.json');
  await rm(summaryFile, { force: true });
  const words = ['--selectProjects', 'node', '--json', `--outputFile=${summaryFile}`, '--silent'];
  await runStep({
    name: 'the examples with the real pi',
    command: join(root, 'node_modules/.bin/jest'),
    words: [...words, '--testPathPatterns', 'examples/real-pi', '--testNamePattern', 'count-words'],
    env: { ...env, PIWORK_EXAMPLE_BRIDGES: JSON.stringify(others) },
  });
  const { numPassedTests: passed, numFailedTests: failed } = JSON.parse(await readFile(summaryFile, 'utf8'));
  return { passed, failed, skipped: 0, what: ['TypeScript', ...Object.keys(others)].join(', ') };
}

/** @param {string} name @param {Row} row */
function show(name, { passed, failed, what }) {
  console.log(`${name.padEnd(12)}${String(passed).padStart(4)} passed${String(failed).padStart(4)} failed  ${what}`);
}

async function main() {
  await setupTools({ forInterop: true });
  await mkdir(cache, { recursive: true });
  const player = await bundle('examples/trace/play-bridge.ts', join(cache, 'play-bridge.cjs'));
  /** @type {Player} */
  const { playBridge } = await import(pathToFileURL(player).href);
  const checks = readFileSync(traceFile, 'utf8').trimEnd().split('\n').length + 1;
  /** @type {Record<string, import('./interop/bridges.mjs').Command>} */
  const others = {};
  /** @type {Row[]} */
  const rows = [];
  const add = (/** @type {string} */ name, /** @type {Row} */ row) => {
    rows.push(row);
    show(name, row);
  };
  for (const [name, make] of Object.entries(bridges)) {
    try {
      const command = await make(cache);
      const played = await playBridge(command, traceFile, filesFolder);
      if (process.argv.includes('--record')) return record(played);
      if (name !== 'TypeScript') others[name] = command;
      add(name, playedRow(played));
    } catch (error) {
      if (error instanceof Skipped)
        add(name, { passed: 0, failed: 0, skipped: checks, what: `skipped: ${error.message}` });
      else add(name, { passed: 0, failed: checks, skipped: 0, what: String(error) });
    }
  }
  add('in pi', await inRealPi(others));
  const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ key) => rows.reduce((total, row) => total + row[key], 0);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
  process.exitCode = sum('failed') > 0 ? 1 : 0;
}

await main();
