// The trial with the real pi: its proxy, and the bridge as a process.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../run-step.mjs';
import { evidenceOf, repliesOf } from './evidence.mjs';
import { startModel } from './model.mjs';

/** @param {string} entry @param {string} outfile */
async function bundle(entry, outfile) {
  // In a fresh clone, esbuild exists only after the set-up.
  const { build } = await import('esbuild');
  await build({
    ...{ absWorkingDir: root, entryPoints: [entry], outfile, bundle: true },
    ...{ platform: 'node', format: 'cjs', logLevel: 'error' },
  });
}

/**
 * @param {string} folder
 * @param {number} port of the model
 * @param {{ state: string, behaviour: string, node: string }} bridge
 */
async function configure(folder, port, { state, behaviour, node }) {
  const agent = join(folder, 'agent');
  await mkdir(agent, { recursive: true });
  const provider = { baseUrl: `http://127.0.0.1:${port}/v1`, api: 'openai-completions', apiKey: 'key' };
  const models = { providers: { scripted: { ...provider, models: [{ id: 'scripted', contextWindow: 128_000 }] } } };
  const settings = { defaultProvider: 'scripted', defaultModel: 'scripted', defaultProjectTrust: 'always' };
  await writeFile(join(agent, 'models.json'), JSON.stringify(models));
  await writeFile(join(agent, 'settings.json'), JSON.stringify(settings));
  await bundle('guest/proxy/test/trial-proxy.ts', join(folder, 'proxy.cjs'));
  await bundle('bridge/harness/trial/pi-bridge-main.ts', join(folder, 'bridge.cjs'));
  await copyFile(join(root, 'guest/proxy/load.mjs'), join(folder, 'proxy.mjs'));
  const command = { program: node, words: [join(folder, 'bridge.cjs'), behaviour, state] };
  await writeFile(join(folder, 'trial.json'), JSON.stringify({ command, manifest: join(folder, 'none.json') }));
  return agent;
}

/**
 * @param {{ folder: string, trace: import('./evidence.mjs').Trace, behaviour: string,
 *   pi: { PIWORK_PI_NODE: string, PIWORK_PI_CLI: string } }} given
 * @returns {Promise<import('./evidence.mjs').Evidence>}
 */
export async function runPi({ folder, trace, behaviour, pi }) {
  const [work, state] = [join(folder, 'work'), join(folder, 'state')];
  await Promise.all([work, state].map((path) => mkdir(path, { recursive: true })));
  const bash = (/** @type {string} */ command) => ({ name: 'bash', input: { command } });
  const model = await startModel(repliesOf(trace, { command: bash, tool: (name) => name }));
  const agent = await configure(folder, model.port, { state, behaviour, node: pi.PIWORK_PI_NODE });
  const words = [
    '--mode',
    'rpc',
    '--session',
    join(folder, 'session.json'),
    '--no-mcp',
    '-e',
    join(folder, 'proxy.mjs'),
  ];
  const env = { PATH: process.env.PATH, HOME: folder, PI_CODING_AGENT_DIR: agent, PI_OFFLINE: '1', PI_TELEMETRY: '0' };
  const child = spawn(pi.PIWORK_PI_NODE, [pi.PIWORK_PI_CLI, ...words], {
    cwd: work,
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (said += text));
  /** @type {Record<'dialogs' | 'notices' | 'statuses', string[]>} */
  const { dialogs, notices, statuses } = { dialogs: [], notices: [], statuses: [] };
  /** @type {(value?: unknown) => void} */
  let onSettled = () => undefined;
  const send = (/** @type {object} */ message) => child.stdin.write(`${JSON.stringify(message)}\n`);
  createInterface({ input: child.stdout }).on('line', (line) => {
    const record = JSON.parse(line);
    if (record.type === 'agent_settled') onSettled();
    if (record.type !== 'extension_ui_request') return;
    if (record.method === 'notify') notices.push(record.message);
    if (record.method === 'setStatus') statuses.push(record.statusText);
    if (record.method !== 'confirm') return;
    dialogs.push(record.message);
    send({ type: 'extension_ui_response', id: record.id, confirmed: true });
  });
  const exited = once(child, 'exit');
  const died = exited.then(() => Promise.reject(new Error(`pi has ended: ${said.slice(-2000)}`)));
  died.catch(() => undefined);
  try {
    for (const [index, { text }] of trace.prompts.entries()) {
      const settled = new Promise((resolve) => (onSettled = resolve));
      send({ id: `p${index}`, type: 'prompt', message: text });
      await Promise.race([settled, died]);
    }
  } finally {
    child.stdin.end();
    await exited;
    await model.close();
  }
  return evidenceOf({ work, state, asked: model.asked, dialogs, notices, statuses, logged: said.split('\n') });
}
