/**
 * Records pi's standard output in a few sessions with the tour model.
 *
 * Run it with the path of the corpus folder; `PIWORK_PI_NODE` and `PIWORK_PI_CLI` name the pi to record: `npx esbuild
 * gateway/test/record-corpus.ts --bundle --platform=node --outfile=dist/record.cjs && node dist/record.cjs <folder>`
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createGatewayServer } from '../gateway-server';
import { taskToken } from '../../node/task-token';
import { corpusExtension } from './corpus-extension';
import { findRealPi, RealPi, type PiRecord } from './real-pi';

const key = Buffer.alloc(32, 7);
const scope = mkdtempSync(join(tmpdir(), 'piwork-corpus-'));

const answers: readonly object[] = [
  { confirmed: true },
  { confirmed: false },
  { value: 'a' },
  { value: 'typed by the client' },
  { value: 'edited\nby the client' },
  { cancelled: true },
];

const isDialog = (record: PiRecord): boolean =>
  record.type === 'extension_ui_request' && ['confirm', 'select', 'input', 'editor'].includes(String(record['method']));

const isResponse =
  (id: string) =>
  (record: PiRecord): boolean =>
    record.type === 'response' && record['id'] === id;

const isType =
  (type: string) =>
  (record: PiRecord): boolean =>
    record.type === type;

async function ask(pi: RealPi, id: string, command: object): Promise<void> {
  pi.send({ id, ...command });
  await pi.waitFor(isResponse(id));
}

/** Each session, by its file's name. */
const sessions: Readonly<Record<string, (pi: RealPi) => Promise<void>>> = {
  'plain-answer': (pi) => pi.run('tour: ask'),
  tools: async (pi) => {
    await pi.run('tour: read notes.md');
    await pi.run('tour: read missing.md');
    await pi.run('tour: run for i in 1 2 3; do echo "line $i  é"; sleep 0.4; done');
    await pi.run(String.raw`tour: run printf 'a\u2028b\n'`);
  },
  errors: async (pi) => {
    await pi.run('tour: error 401');
    await pi.run('tour: error 500');
    await pi.run('tour: cut');
    pi.send({ id: 'e1', type: 'nope' });
    await pi.waitFor(isResponse('e1'));
    await ask(pi, 'e2', { type: 'set_model', provider: 'tour', modelId: 'missing' });
    await ask(pi, 'e3', { type: 'get_entries', since: 'ffffffff' });
  },
  abort: async (pi) => {
    pi.send({ id: 'a1', type: 'prompt', message: 'tour: slow' });
    await pi.waitFor(isType('tool_execution_update'));
    await ask(pi, 'a2', { type: 'abort' });
    await pi.run('tour: ask');
  },
  queue: async (pi) => {
    pi.send({ id: 'q1', type: 'prompt', message: 'tour: run sleep 1' });
    await pi.waitFor(isType('tool_execution_start'));
    await ask(pi, 'q2', { type: 'follow_up', message: 'tour: ask' });
    await ask(pi, 'q3', { type: 'steer', message: 'tour: run echo steered' });
    await pi.waitFor(isType('agent_settled'));
  },
  'model-and-state': async (pi) => {
    await ask(pi, 'm1', { type: 'get_state' });
    await ask(pi, 'm2', { type: 'get_available_models' });
    await ask(pi, 'm3', { type: 'set_model', provider: 'other', modelId: 'other-1' });
    await ask(pi, 'm4', { type: 'set_thinking_level', level: 'high' });
    await ask(pi, 'm5', { type: 'get_available_thinking_levels' });
    await ask(pi, 'm6', { type: 'set_model', provider: 'tour', modelId: 'tour' });
    await ask(pi, 'm7', { type: 'set_session_name', name: 'a name' });
    await pi.run('tour: ask');
    await ask(pi, 'm8', { type: 'get_session_stats' });
    await ask(pi, 'm9', { type: 'get_last_assistant_text' });
    await ask(pi, 'm10', { type: 'get_entries' });
    await ask(pi, 'm11', { type: 'get_messages' });
    await ask(pi, 'm12', { type: 'get_commands' });
    await ask(pi, 'm13', { type: 'bash', command: 'echo one; sleep 0.3; echo two' });
    await ask(pi, 'm14', { type: 'compact' });
  },
  dialogs: async (pi) => {
    pi.send({ id: 'd1', type: 'prompt', message: '/talk world' });
    for (const [index, answer] of answers.entries()) {
      const asked = await pi.waitFor((record) => isDialog(record) && pi.records.filter(isDialog)[index] === record);
      pi.send({ type: 'extension_ui_response', id: asked['id'], ...answer });
    }
    await pi.waitFor(isResponse('d1'));
    await pi.run('tour: run echo blocked');
    const from = pi.records.length;
    const run = pi.run('tour: run echo ask first');
    const confirm = await pi.waitFor(isDialog, from);
    pi.send({ type: 'extension_ui_response', id: confirm['id'], confirmed: true });
    await run;
    await ask(pi, 'd2', { type: 'set_session_name', name: 'throw' });
    await pi.run('tour: ask');
  },
};

/** Paths of this machine and ids of this run don't matter for pi. */
function neutralise(text: string, cli: string): string {
  const ids = new Map<string, string>();
  const numbered = (prefix: string, length: number) => (id: string) => {
    const known = ids.get(id) ?? `${prefix}${String(ids.size + 1).padStart(length, '0')}`;
    ids.set(id, known);
    return known;
  };
  return text
    .replaceAll(dirname(dirname(dirname(cli))), '/opt/pi')
    .replace(new RegExp(`${scope}/[a-z-]+/work`, 'g'), '/mnt/workdir')
    .replace(new RegExp(`${scope}/[a-z-]+`, 'g'), '/sessions/task-0001')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, numbered('00000000-0000-4000-8000-', 12))
    .replace(/call_[0-9a-f]{18}/g, numbered('call_', 4))
    .replace(/chatcmpl-[0-9a-f]{18}/g, numbered('chatcmpl-', 4));
}

async function main(folder: string): Promise<void> {
  const found = findRealPi();
  if ('missing' in found) throw new Error(found.missing);
  const gateway = createGatewayServer({
    config: () => ({ key: key.toString('hex'), providers: [] }),
    forward: () => Promise.reject(new Error('nothing may leave')),
    tourPace: 0,
    onUnexpected: (error) => console.error(error),
  });
  const port = await gateway.listen();
  const provider = (model: object) => ({
    baseUrl: `http://127.0.0.1:${port}/tour/v1`,
    api: 'openai-completions',
    apiKey: '$PIWORK_TOKEN',
    models: [model],
  });
  mkdirSync(folder, { recursive: true });
  for (const [name, session] of Object.entries(sessions)) {
    const place = join(scope, name);
    const workingFolder = join(place, 'work');
    mkdirSync(workingFolder, { recursive: true });
    writeFileSync(join(workingFolder, 'notes.md'), '# Notes\n\nA line with U+2028 \u2028 in it.\n');
    writeFileSync(join(workingFolder, 'data é.csv'), 'a,b\n1,2\n');
    writeFileSync(join(place, 'extension.ts'), corpusExtension);
    const pi = new RealPi({
      ...found,
      folder: place,
      token: taskToken(key, 'task-0001'),
      systemPrompt: `Working folder: ${workingFolder}\nOutputs folder: ${place}/outputs`,
      workingFolder,
      models: {
        providers: {
          tour: provider({ id: 'tour', name: 'Tour' }),
          other: provider({ id: 'other-1', reasoning: true }),
        },
      },
      settings: {
        defaultProvider: 'tour',
        defaultModel: 'tour',
        enableInstallTelemetry: false,
        retry: { maxRetries: 2, baseDelayMs: 50 },
        compaction: { keepRecentTokens: 1 },
      },
      args: [
        '-e',
        join(place, 'extension.ts'),
        ...(name === 'plain-answer'
          ? []
          : ['--system-prompt', 'Be brief.', '-t', name === 'tools' ? 'bash,read' : 'bash']),
      ],
    });
    await session(pi);
    await pi.stop();
    const text = pi.records.map((record) => `${JSON.stringify(record)}\n`).join('');
    const neutral = neutralise(text, found.cli).replaceAll(`127.0.0.1:${port}`, '127.0.0.1:8317');
    writeFileSync(join(folder, `${name}.jsonl`), neutral);
    console.log(name, pi.records.length, Buffer.byteLength(neutral), pi.stderr);
  }
  await gateway.close();
  rmSync(scope, { recursive: true, force: true });
}

void main(process.argv[2] ?? 'schema/corpus/pi-1.5.2').catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
