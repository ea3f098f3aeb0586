// Runs a suite's parts in a task's sandbox in the real guest, as an agent would.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../run-step.mjs';
import { readResults } from './compare.mjs';
import { layOutTools } from './tools.mjs';

const startsMs = 5 * 60_000;

/**
 * @param {{ suite: import('./suites.mjs').Suite, parts: readonly string[], cache: string, packFolder: string }} run
 * @returns {Promise<{ control: import('./compare.mjs').Result[], mount: import('./compare.mjs').Result[], problem:
 *   string | null }>}
 */
export async function runInGuest({ suite, parts, cache, packFolder }) {
  const place = await mkdtemp(join(tmpdir(), 'piwork-posix-'));
  const folder = join(place, 'folder');
  try {
    await mkdir(folder);
    await layOutTools(cache, suite.needs, join(folder, 'suites'));
    const command = `python3 -B suites/run.py ${suite.name} ${suite.secondsPerPart} ${parts.join(' ')}`;
    const deadlineMs = startsMs + parts.length * 2 * (suite.secondsPerPart + 60) * 1000;
    const problem = await runTask({ folder, command, home: join(place, 'home'), packFolder, deadlineMs });
    const read = async (/** @type {string} */ name) =>
      readResults(await readFile(join(folder, 'results', `${suite.name}.${name}.jsonl`), 'utf8').catch(() => ''));
    return { control: await read('control'), mount: await read('mount'), problem };
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

/**
 * One run of the product's own command.
 *
 * @param {{ folder: string, command: string, home: string, packFolder: string, deadlineMs: number }} task
 * @returns {Promise<string | null>} why it didn't succeed
 */
async function runTask({ folder, command, home, packFolder, deadlineMs }) {
  const words = [
    'run',
    '--folder',
    folder,
    '--model',
    'tour',
    '--allow',
    'delete,rename,change',
    `tour: run ${command}`,
  ];
  const child = spawn(process.execPath, ['--enable-source-maps', join(root, 'dist/main/cli.cjs'), ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PIWORK_HOME: home, PIWORK_PACK: packFolder },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (said = (said + text).slice(-4000)));
  }
  const timer = setTimeout(() => child.kill('SIGINT'), deadlineMs);
  const [code] = await once(child, 'close');
  clearTimeout(timer);
  return code === 0 ? null : `the run ended with ${code}: ${said.trim().slice(-1500)}`;
}
