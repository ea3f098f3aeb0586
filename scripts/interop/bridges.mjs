// The same extension in three languages: how each is built, outside the tree, and what is then started.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../run-step.mjs';

/** The first build compiles all dependencies of the bridge. */
const buildMs = 10 * 60_000;

/** A tool that a bridge needs is missing or can't be downloaded. */
export class Skipped extends Error {}

/** @typedef {{ program: string, words: readonly string[] }} Command */

/** @param {string} program @param {readonly string[]} words */
const succeeds = (program, words) => spawnSync(program, words, { stdio: 'ignore' }).status === 0;

/**
 * @param {string} program
 * @param {readonly string[]} words
 * @param {{ cwd?: string, orSkip?: string }} [options] `orSkip` says what is missing when it fails
 */
function run(program, words, { cwd = root, orSkip } = {}) {
  const { status, stdout, stderr, error } = spawnSync(program, words, { cwd, encoding: 'utf8', timeout: buildMs });
  if (status === 0) return;
  const said = `${stdout ?? ''}${stderr ?? ''}`.trim().split('\n');
  if (orSkip !== undefined) throw new Skipped(`${orSkip} (${error?.message ?? said.at(-1)})`);
  throw new Error(
    `${program} ${words.join(' ')}: ${error?.message ?? `exit ${status}`}\n${said.slice(-20).join('\n')}`,
  );
}

/** @param {string} entry @param {string} outfile @returns {Promise<string>} the bundle of an entry of the tree */
export async function bundle(entry, outfile) {
  // In a fresh clone, esbuild is installed only after the set-up.
  const { build } = await import('esbuild');
  /** @type {import('esbuild').BuildOptions} */
  const options = { bundle: true, platform: 'node', target: 'node20', format: 'cjs', logLevel: 'warning' };
  await build({ ...options, absWorkingDir: root, entryPoints: [entry], outfile });
  return outfile;
}

/** @param {string} cache @returns {Promise<Command>} */
async function typescript(cache) {
  return {
    program: process.execPath,
    words: [await bundle('examples/count-words/main.ts', join(cache, 'bridge.cjs'))],
  };
}

/** @param {string} cache @returns {Command} */
function rust(cache) {
  const { stdout } = spawnSync('cargo', ['--version'], { encoding: 'utf8' });
  const [, major, minor] = /cargo (\d+)\.(\d+)/.exec(stdout ?? '') ?? [];
  if (major === undefined) throw new Skipped('cargo is not installed');
  if (Number(major) === 1 && Number(minor) < 85) throw new Skipped(`cargo is 1.${minor}, but 1.85 is needed`);
  if (!succeeds('capnp', ['--version'])) throw new Skipped('the capnp compiler is not installed');
  const target = join(cache, 'rust');
  const cwd = join(root, 'examples/bridge-rust');
  run('cargo', ['fetch', '--locked', '--quiet'], { cwd, orSkip: "its crates couldn't be downloaded" });
  run('cargo', ['build', '--locked', '--offline', '--quiet', '--target-dir', target], { cwd });
  return { program: join(target, 'debug/piwork-bridge-example'), words: [] };
}

/**
 * In a virtual environment, created once for each list of requirements.
 *
 * @param {string} cache
 * @returns {Promise<Command>}
 */
async function python(cache) {
  if (!succeeds('python3', ['-c', 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))'])) {
    throw new Skipped('Python 3.10 or later with venv and pip is not installed');
  }
  const folder = join(cache, 'python');
  const interpreter = join(folder, 'bin/python');
  const requirements = join(root, 'examples/bridge-python/requirements.txt');
  const installed = join(folder, 'installed.txt');
  const wanted = await readFile(requirements, 'utf8');
  if (!existsSync(installed) || (await readFile(installed, 'utf8')) !== wanted) {
    run('python3', ['-m', 'venv', '--clear', folder]);
    const words = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements];
    run(interpreter, words, { orSkip: "its packages couldn't be downloaded" });
    await writeFile(installed, wanted);
  }
  // Without -B, the interpreter would write its caches into the tree.
  return { program: interpreter, words: ['-B', join(root, 'examples/bridge-python/main.py')] };
}

/**
 * By language. Each throws `Skipped` with the reason when it can't be built here.
 *
 * @type {Readonly<Record<string, (cache: string) => Command | Promise<Command>>>}
 */
export const bridges = { TypeScript: typescript, Rust: rust, Python: python };
