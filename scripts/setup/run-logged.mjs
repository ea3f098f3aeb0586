import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { SetupFailure, adviceFor } from './failure.mjs';

const keptLines = 200;
const shownLines = 15;
const killAfterMs = 4_000;

/**
 * @typedef {object} LoggedCall
 * @property {string} command
 * @property {string[]} args
 * @property {string} logFile gets all output
 * @property {AbortSignal} signal ends the child and everything it started
 * @property {string} [cwd]
 * @property {Record<string, string>} [environment] added to ours
 * @property {(line: string) => void} [onLine] receives each line of its standard error
 * @property {NodeJS.Signals} [stopSignal] how to end it; if set, the child is never killed with SIGKILL
 */

/**
 * Runs a tool with its output in the log file, and returns its standard output.
 *
 * Rejects with a SetupFailure that contains its last lines. The child leads its own process group, so that Ctrl-C ends
 * it and what it started in an order that we choose. The promise settles when it is gone.
 *
 * @param {LoggedCall} call
 * @returns {Promise<string>}
 */
export function runLogged(call) {
  const { command, args, logFile, signal, cwd, environment, onLine, stopSignal } = call;
  const log = createWriteStream(logFile, { flags: 'a' });
  log.write(`\n$ ${[command, ...args].join(' ')}\n`);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    });
    /** @type {string[]} */
    const lastLines = [];
    let stdout = '';
    /** @type {NodeJS.Timeout | undefined} */
    let killTimer;
    const stop = () => {
      signalGroup(child.pid, stopSignal ?? 'SIGTERM');
      if (!stopSignal) killTimer = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), killAfterMs);
    };
    const finish = () => {
      clearTimeout(killTimer);
      signal.removeEventListener('abort', stop);
      log.end();
    };
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });

    child.stdout.on('data', (chunk) => {
      stdout += chunk;
      log.write(chunk);
    });
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        lastLines.push(line);
        if (lastLines.length > keptLines) lastLines.shift();
        if (stream === child.stderr) onLine?.(line);
      });
    }
    child.stderr.on('data', (chunk) => log.write(chunk));

    child.on('error', (error) => {
      finish();
      reject(
        new SetupFailure(`Couldn't start ${command}: ${error.message}`, 'Install it and run the same command again.'),
      );
    });
    child.on('close', (code, endSignal) => {
      finish();
      if (signal.aborted) return reject(signal.reason);
      if (code === 0) return resolve(stdout);
      const output = lastLines.slice(-shownLines).join('\n');
      const message = `${command} failed (${endSignal ?? `exit code ${code}`}). Full output: ${logFile}`;
      reject(new SetupFailure(message, adviceFor(lastLines.join('\n')), output));
    });
  });
}

/**
 * @param {number | undefined} pid leader of the group
 * @param {NodeJS.Signals} name
 */
function signalGroup(pid, name) {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, name);
  } catch {
    // ESRCH: it has ended by itself.
  }
}
