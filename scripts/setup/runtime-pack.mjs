import { SetupFailure } from './failure.mjs';
import { runLogged } from './run-logged.mjs';

/**
 * @typedef {object} PackPlace
 * @property {string} folder contains manifest.json and the files it names
 * @property {string} digest
 */

/**
 * Builds the runtime pack if there is none for the present sources, and returns its folder.
 *
 * @param {{ root: string, cache: string, logFile: string, signal: AbortSignal, report: import('./progress.mjs').Report
 *   }} step
 * @returns {Promise<PackPlace>}
 */
export async function ensureRuntimePack({ root, cache, logFile, signal, report }) {
  const stdout = await runLogged({
    command: process.execPath,
    args: ['--enable-source-maps', 'dist/pack/cli.cjs', '--quick', '--cache', cache],
    cwd: root,
    logFile,
    signal,
    onLine: (line) => {
      if (!line.startsWith('✓')) return;
      report.changed();
      report.detail(line);
    },
  });
  const lastLine = stdout.trimEnd().split('\n').at(-1) ?? '';
  try {
    return JSON.parse(lastLine);
  } catch {
    throw new SetupFailure(`The pack builder didn't say where the pack is: "${lastLine}"`, 'Run: npm run pack');
  }
}
