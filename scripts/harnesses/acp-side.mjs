// The trial with the real VTCode, with our supervisor as its ACP client.
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../run-step.mjs';
import { evidenceOf, repliesOf } from './evidence.mjs';
import { startModel } from './model.mjs';
import { execCommand, vtcodeHome } from './vtcode-home.mjs';

/** @typedef {{ folder: string, behaviour: string, vtcode: string }} Place */

/** @param {string} folder @returns {Promise<typeof import('../../bridge/harness/trial/acp-trial.ts')>} */
async function driver(folder) {
  const outfile = join(folder, 'acp-trial.cjs');
  const options = /** @type {const} */ ({ bundle: true, platform: 'node', format: 'cjs', logLevel: 'error' });
  // In a fresh clone, esbuild exists only after the set-up.
  const { build } = await import('esbuild');
  await build({ ...options, absWorkingDir: root, entryPoints: ['bridge/harness/trial/acp-trial.ts'], outfile });
  return import(pathToFileURL(outfile).href);
}

/** @param {Place} place @param {import('./model.mjs').Said[]} replies */
async function opened({ folder, behaviour, vtcode }, replies) {
  const [work, state, home] = [join(folder, 'work'), join(folder, 'state'), join(folder, 'home')];
  await Promise.all([work, state].map((path) => mkdir(path, { recursive: true })));
  const model = await startModel(replies);
  const { env } = await vtcodeHome(home, model.port);
  const { openAcpTrial } = await driver(folder);
  const session = await openAcpTrial({ vtcode, folder: work, stateFolder: state, behaviour, env });
  return { work, state, model, session };
}

/**
 * @param {Place & { trace: import('./evidence.mjs').Trace }} given
 * @returns {Promise<import('./evidence.mjs').Evidence>}
 */
export async function runAcp({ trace, ...place }) {
  const replies = repliesOf(trace, { command: execCommand, tool: (name) => `mcp__piwork__${name}` });
  const { work, state, model, session } = await opened(place, replies);
  try {
    for (const { text } of trace.prompts) await session.prompt(text);
  } finally {
    await session.close();
    await model.close();
  }
  return evidenceOf({ work, state, asked: model.asked, ...session });
}

const pause = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Whether a command that is running when the run is stopped still finishes. @param {Place} place */
export async function stopsForReal(place) {
  const replies = [{ call: execCommand('echo begun > begun.txt; sleep 3; echo late > late.txt') }];
  const { work, model, session } = await opened(place, replies);
  try {
    const run = session.prompt('Wait');
    for (let waited = 0; waited < 100 && !existsSync(join(work, 'begun.txt')); waited += 1) await pause(100);
    const hasBegun = existsSync(join(work, 'begun.txt'));
    session.abort();
    const { stopReason } = await run;
    await pause(4000);
    return hasBegun && stopReason === 'aborted' && !existsSync(join(work, 'late.txt'));
  } finally {
    await session.close();
    await model.close();
  }
}
