// A real host with the browser shell, as `npm start -- --browser` runs it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../run-step.mjs';

const addressLine = /^\s*(http:\/\/127\.0\.0\.1:\d+)\/(#token=\w+)/;

/**
 * Starts the host, or asks the running one for an address of its page.
 *
 * @param {string} packFolder
 * @param {readonly string[]} nodeWords options for Node itself
 * @returns {Promise<{ origin: string, token: string, ended: Promise<unknown> }>}
 */
export async function startDevHost(packFolder, nodeWords) {
  const words = ['--enable-source-maps', ...nodeWords, join(root, 'dist/main/cli.cjs'), '--browser'];
  const child = spawn(process.execPath, words, {
    stdio: ['inherit', 'pipe', 'inherit'],
    env: { ...process.env, PIWORK_PACK: packFolder },
  });
  const exited = once(child, 'exit');
  const asked = new Promise((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve));
  // The terminal sends Ctrl-C to the host too; this process waits until the host has ended its virtual machine.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  const lines = createInterface({ input: child.stdout });
  const address = new Promise((resolve) => {
    lines.on('line', (line) => {
      const [, origin, token] = addressLine.exec(line) ?? [];
      if (origin && token) resolve({ origin, token });
    });
  });
  const found = await Promise.race([address, exited.then(() => null)]);
  if (found === null) throw new Error('The host ended before it reported an address.');
  // When a host was already running, the child ends immediately; the host and the page continue.
  return { ...found, ended: asked.then(() => exited) };
}
