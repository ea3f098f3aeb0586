// Runs one command of a check quietly: its output goes to a file and is shown if it fails.
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { once } from 'node:events';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const logFolder = join(root, 'test-results', 'logs');
const shownLines = 60;

/**
 * @param {{ name: string, command: string, words: string[], env?: NodeJS.ProcessEnv, isLoud?: boolean }} step
 * @returns {Promise<boolean>} whether it succeeded
 */
export async function runStep({ name, command, words, env = {}, isLoud = false }) {
  const startedAt = Date.now();
  await mkdir(logFolder, { recursive: true });
  const logFile = join(logFolder, `${name.replaceAll(/\W+/g, '-')}.log`);
  const child = spawn(command, words, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: isLoud ? 'inherit' : ['ignore', 'pipe', 'pipe'],
  });
  if (!isLoud) {
    const log = createWriteStream(logFile);
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
    child.once('close', () => log.end());
  }
  const [code] = await once(child, 'close');
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  console.log(`${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)`);
  if (code !== 0 && !isLoud) {
    const text = await readFile(logFile, 'utf8');
    console.log(text.split('\n').slice(-shownLines).join('\n'));
  }
  return code === 0;
}

/** Ends with exit code 1 when a step failed. @param {boolean[]} results */
export function endWith(results) {
  process.exitCode = results.every(Boolean) ? 0 : 1;
}
