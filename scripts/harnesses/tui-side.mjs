// The trial with the real VTCode in a terminal: our entries in its configuration, and a simulated person who types.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../run-step.mjs';
import { evidenceOf, repliesOf } from './evidence.mjs';
import { startModel } from './model.mjs';
import { execCommand, vtcodeHome } from './vtcode-home.mjs';

const program = join(root, 'dist/bridge/vtcode.cjs');
const terminal = fileURLToPath(new URL('terminal.py', import.meta.url));
const pause = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));
/** A whole turn, on a busy computer */
const patienceMs = 60_000;

/** Text without control sequences for cursor and colours. */
const escape = String.fromCharCode(27);
const sequence = new RegExp(
  `${escape}(?:\\[[0-9;?<>=]*[ -/]*[@-~]|\\][^${escape}\\x07]*(?:\\x07|${escape}\\\\)|.)`,
  'g',
);
const plain = (/** @type {string} */ drawn) => drawn.replace(sequence, '');

/** @param {readonly string[]} words @param {NodeJS.ProcessEnv} env @param {string} cwd */
async function call(words, env, cwd) {
  const child = spawn(process.execPath, [program, ...words], { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`vtcode.cjs ${words.join(' ')}: ${said}`);
  return said;
}

/**
 * All lines of all sessions, in the order they arrived: the MCP server may start before the first hook.
 *
 * @param {string} state
 */
async function joinJournals(state) {
  const folders = await readdir(state).catch(() => []);
  const texts = await Promise.all(
    folders.map((one) => readFile(join(state, one, 'bridge.jsonl'), 'utf8').catch(() => '')),
  );
  const lines = texts.flatMap((text) => text.split('\n')).filter((line) => line !== '');
  return lines.sort((one, other) => JSON.parse(one).at - JSON.parse(other).at);
}

/** @param {string} what @param {() => Promise<boolean>} holds */
async function until(what, holds) {
  for (let waited = 0; waited < patienceMs; waited += 100) {
    if (await holds()) return;
    await pause(100);
  }
  throw new Error(`${what} didn't come`);
}

/**
 * @param {import('./acp-side.mjs').Place & { trace: import('./evidence.mjs').Trace }} given
 * @returns {Promise<import('./evidence.mjs').Evidence & { removedToTheByte: boolean, drawn: string }>}
 */
export async function runTui({ folder, trace, behaviour, vtcode }) {
  const [work, joined, home] = [join(folder, 'work'), join(folder, 'state'), join(folder, 'home')];
  const own = join(home, '.piwork/vtcode');
  await Promise.all([work, joined, join(own, 'behaviours')].map((path) => mkdir(path, { recursive: true })));
  await copyFile(behaviour, join(own, 'behaviours', basename(behaviour)));
  const model = await startModel(repliesOf(trace, { command: execCommand, tool: (name) => `mcp__piwork__${name}` }));
  const { env, configFile } = await vtcodeHome(home, model.port);
  const before = await readFile(configFile, 'utf8');
  await call(['install', '--yes', '--vtcode', vtcode], env, work);
  const child = spawn('python3', [terminal, vtcode], { cwd: work, env, stdio: ['pipe', 'pipe', 'pipe'] });
  let drawn = '';
  let failed = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (drawn += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (failed += text));
  const exited = once(child, 'exit');
  let readUpTo = 0;
  // VTCode asks before its tools, as usual; the person says yes, once each time.
  const approve = () => {
    if (!/Deny Once|Cancel this tool call/.test(plain(drawn.slice(readUpTo)))) return;
    readUpTo = drawn.length;
    child.stdin.write('\r');
  };
  const settled = async () =>
    (await joinJournals(join(own, 'state'))).filter((line) => line.includes('agent-settled')).length;
  try {
    await until('the start of the session', async () => (await joinJournals(join(own, 'state'))).length > 0);
    for (const [index, { text }] of trace.prompts.entries()) {
      // It redraws after a start or an answer, and accepts no line before that.
      await pause(1000);
      child.stdin.write(text);
      await pause(300);
      child.stdin.write('\r');
      await until(`the end of "${text}"`, async () => {
        approve();
        return (await settled()) > index;
      });
    }
    await pause(500);
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}: ${failed}${plain(drawn).slice(-3000)}`, {
      cause: error,
    });
  } finally {
    child.stdin.end();
    await exited;
    await model.close();
    await writeFile(
      join(joined, 'bridge.jsonl'),
      (await joinJournals(join(own, 'state'))).map((line) => `${line}\n`).join(''),
    );
    await writeFile(join(folder, 'drawn.txt'), drawn);
  }
  await call(['remove', '--yes'], env, work);
  const text = plain(drawn);
  const notices = text.includes('The rules say it is finished.') ? ['The rules say it is finished.'] : [];
  const statuses = text.includes('trial is on') ? ['trial is on'] : [];
  const logged = (await readFile(join(own, 'bridge.log'), 'utf8').catch(() => '')).split('\n');
  const evidence = await evidenceOf({ work, state: joined, asked: model.asked, notices, statuses, logged });
  return { ...evidence, removedToTheByte: (await readFile(configFile, 'utf8')) === before, drawn: text };
}
