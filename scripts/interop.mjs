// `npm run test:interop`: one recorded trace, played to the same extension in three languages over the connection that
// pi's proxy has. `--record` writes what the TypeScript bridge answers into the trace.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { cacheFolder } from './cache-folder.mjs';
import { setupPackages } from './setup.mjs';
import { root } from './run-step.mjs';

const cache = join(cacheFolder(), 'interop');
const traceFile = join(root, 'examples/trace/count-words.jsonl');
const filesFolder = join(root, 'examples/trace/files');
/** The first build fetches packages; a machine without a network fails sooner by itself. */
const buildMs = 10 * 60_000;

/** Something that a bridge needs and that is not here, or cannot be built here. */
class Skipped extends Error {}

const exists = (program, words = ['--version']) => spawnSync(program, words, { stdio: 'ignore' }).status === 0;

function run(program, words, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(program, words, {
    encoding: 'utf8',
    timeout: buildMs,
    ...options,
  });
  if (status === 0) return;
  const said = `${stdout ?? ''}${stderr ?? ''}`.trim().split('\n').slice(-20).join('\n');
  throw new Error(`${program} ${words.join(' ')}: ${error?.message ?? `exit ${status}`}\n${said}`);
}

async function bundle(entry, name) {
  const outfile = join(cache, name);
  const options = { bundle: true, platform: 'node', target: 'node20', format: 'cjs', logLevel: 'warning' };
  await build({ ...options, absWorkingDir: root, entryPoints: [entry], outfile });
  return outfile;
}

async function typescript() {
  return { program: process.execPath, words: [await bundle('examples/count-words/main.ts', 'count-words.cjs')] };
}

function rust() {
  if (!exists('cargo')) throw new Skipped('cargo is not installed');
  if (!exists('capnp')) throw new Skipped('the capnp compiler is not installed');
  const target = join(cache, 'rust');
  run('cargo', ['build', '--locked', '--quiet', '--target-dir', target], { cwd: join(root, 'examples/bridge-rust') });
  return { program: join(target, 'debug/piwork-bridge-example'), words: [] };
}

/** In an environment of its own, made once for each list of requirements. */
async function python() {
  if (!exists('python3', ['-c', 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))'])) {
    throw new Skipped('Python 3.10 or later, with venv and pip, is not installed');
  }
  const folder = join(cache, 'python');
  const interpreter = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const requirements = join(root, 'examples/bridge-python/requirements.txt');
  const installed = join(folder, 'installed.txt');
  const wanted = await readFile(requirements, 'utf8');
  if (!existsSync(installed) || (await readFile(installed, 'utf8')) !== wanted) {
    run('python3', ['-m', 'venv', '--clear', folder]);
    run(interpreter, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements]);
    await writeFile(installed, wanted);
  }
  return { program: interpreter, words: [join(root, 'examples/bridge-python/main.py')] };
}

const bridges = { TypeScript: typescript, Rust: rust, Python: python };

/** @returns {Promise<{ steps: readonly any[], exit: string } | { skipped: string } | { failed: string }>} */
async function playOne(make, playBridge) {
  try {
    return await playBridge(await make(), traceFile, filesFolder);
  } catch (error) {
    return error instanceof Skipped ? { skipped: error.message } : { failed: error.message };
  }
}

/** One line of the trace as it is kept: what the recorded answer repeats of the placeholders is put back. */
function recordedLine(line, { played }) {
  const { about, call, input, replies, cancelAt, giveUpAt, times } = JSON.parse(line);
  const text = JSON.stringify({ about, call, input, replies, cancelAt, giveUpAt, times, ...played });
  return text.replaceAll('x'.repeat(1024 * 1024), '{large}').replaceAll(filesFolder, '{files}');
}

async function record(result) {
  const lines = (await readFile(traceFile, 'utf8')).trimEnd().split('\n');
  await writeFile(traceFile, `${lines.map((line, index) => recordedLine(line, result.steps[index])).join('\n')}\n`);
}

const short = (value) => (JSON.stringify(value) ?? 'nothing').replace(/(.{300}).+/s, '$1…');

function difference({ step, played }) {
  const names = ['host', 'answer', 'error'].filter(
    (name) => JSON.stringify(step[name]) !== JSON.stringify(played[name]),
  );
  return names.map((name) => `    ${name}: ${short(played[name])}\n      recorded: ${short(step[name])}`).join('\n');
}

function rowsOf(name, result, lineCount) {
  if ('skipped' in result)
    return { name, passed: 0, failed: 0, skipped: lineCount, what: `skipped: ${result.skipped}` };
  if ('failed' in result) return { name, passed: 0, failed: lineCount, skipped: 0, what: result.failed };
  const wrong = result.steps.filter(({ isAsRecorded }) => !isAsRecorded);
  const hasEnded = result.exit === 'exit 0';
  const totalMs = result.steps.reduce((sum, { tookMs }) => sum + tookMs, 0);
  const details = wrong.map((one) => `\n  ${one.step.call}, ${one.step.about}:\n${difference(one)}`).join('');
  return {
    name,
    passed: result.steps.length - wrong.length + (hasEnded ? 1 : 0),
    failed: wrong.length + (hasEnded ? 0 : 1),
    skipped: 0,
    what: `${totalMs.toFixed(0)} ms, ${result.exit} when closed${details}`,
  };
}

async function main() {
  await setupPackages();
  await mkdir(cache, { recursive: true });
  const { playBridge } = await import(
    pathToFileURL(await bundle('examples/trace/play-bridge.ts', 'play-bridge.cjs')).href
  );
  // Each line is a check, and so is the end of the process.
  const checks = (await readFile(traceFile, 'utf8')).trimEnd().split('\n').length + 1;
  const isRecording = process.argv.includes('--record');
  const rows = [];
  for (const [name, make] of Object.entries(bridges)) {
    const result = await playOne(make, playBridge);
    if (isRecording) return record(result);
    rows.push(rowsOf(name, result, checks));
  }
  for (const { name, passed, failed, skipped, what } of rows) {
    console.log(`${name.padEnd(12)}${String(passed).padStart(4)} passed${String(failed).padStart(4)} failed  ${what}`);
    if (skipped > 0 && passed + failed > 0) throw new Error('a bridge is skipped as a whole or not at all');
  }
  const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
  process.exitCode = sum('failed') > 0 ? 1 : 0;
}

await main();
