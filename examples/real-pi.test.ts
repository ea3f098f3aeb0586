/** The examples in the real pi, through Piwork's proxy, with a model that says what a test tells it. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { BridgeCommand } from '../guest/proxy/bridge-process';
import { TrialModel } from '../guest/proxy/test/trial-model';
import { findRealPi, RealPi, type PiRecord } from '../gateway/test/real-pi';
import type { Example } from './test/example-proxy';

const found = findRealPi();
if ('missing' in found) console.log(`The examples are not tried with the real pi: ${found.missing}.`);
const describeWithPi = 'missing' in found ? describe.skip : describe;

const model = new TrialModel();
let scope = '';
let port = 0;
let pi: RealPi | undefined;

async function bundle(entry: string, outfile: string): Promise<string> {
  const options = { bundle: true, platform: 'node', target: 'node24', format: 'cjs', logLevel: 'error' } as const;
  await build({ ...options, entryPoints: [join(__dirname, entry)], outfile: join(scope, outfile) });
  return join(scope, outfile);
}

/** pi with an example, in its own folder with `files`. */
function start(name: string, example: Example, files: Readonly<Record<string, string>>): RealPi {
  if ('missing' in found) throw new Error(found.missing);
  const folder = join(scope, name);
  const workingFolder = join(folder, 'work');
  mkdirSync(workingFolder, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(workingFolder, file), text);
  writeFileSync(join(folder, 'example.json'), JSON.stringify(example));
  writeFileSync(join(folder, 'proxy.cjs'), readFileSync(join(scope, 'proxy.cjs')));
  const load = `import { createRequire } from 'node:module';\nexport default createRequire(import.meta.url)('./proxy.cjs').default;\n`;
  writeFileSync(join(folder, 'proxy.mjs'), load);
  const baseUrl = `http://127.0.0.1:${port}/v1`;
  pi = new RealPi({
    ...{ ...found, folder, workingFolder, token: 'none', systemPrompt: 'You are tried.' },
    models: {
      providers: { trial: { baseUrl, api: 'openai-completions', apiKey: 'none', models: [{ id: 'trial' }] } },
    },
    settings: { defaultProvider: 'trial', defaultModel: 'trial', enableInstallTelemetry: false },
    args: ['-e', join(folder, 'proxy.mjs')],
  });
  return pi;
}

const behaviour = (name: string): Example => ({
  command: { program: process.env['PIWORK_PI_NODE'] ?? '', words: [join(scope, 'behaviours.cjs')] },
  behaviourFiles: [{ name: `${name}.edn`, text: readFileSync(join(__dirname, name, `${name}.edn`), 'utf8') }],
});

/** The same extension in other languages, by name, if `scripts/interop.mjs` has built them. */
const others = JSON.parse(process.env['PIWORK_EXAMPLE_BRIDGES'] ?? '{}') as Readonly<Record<string, BridgeCommand>>;
const languages = ['TypeScript', ...Object.keys(others)];

const countWords = (language: string): Example => ({
  command: others[language] ?? {
    program: process.env['PIWORK_PI_NODE'] ?? '',
    words: [join(scope, 'count-words.cjs')],
  },
  settings: [{ name: 'askAbove', value: '3' }],
});

const isDialog = (method: string) => (record: PiRecord) =>
  record.type === 'extension_ui_request' && record['method'] === method;

/** Answers the next dialog of a kind, and returns what it asked. */
async function answer(agent: RealPi, method: string, reply: object): Promise<PiRecord> {
  const asked = await agent.waitFor(isDialog(method));
  agent.send({ type: 'extension_ui_response', id: asked['id'], ...reply });
  return asked;
}

const isUpdate = ({ type }: PiRecord): boolean => type === 'tool_execution_update';
const call = (name: string, input: object) => ({ calls: [{ name, input }] });

beforeAll(async () => {
  if ('missing' in found) return;
  scope = mkdtempSync(join(tmpdir(), 'piwork-examples-'));
  port = await model.listen();
  await bundle('test/example-proxy.ts', 'proxy.cjs');
  await bundle('count-words/main.ts', 'count-words.cjs');
  await bundle('../bridge/process/main.ts', 'behaviours.cjs');
});
afterEach(async () => {
  await pi?.stop();
  pi = undefined;
  model.replies.length = 0;
});
afterAll(async () => {
  if ('missing' in found) return;
  await model.close();
  rmSync(scope, { recursive: true, force: true });
});

describeWithPi('the examples with the real pi', () => {
  jest.setTimeout(60_000);

  test('no-secrets: the model gets the reason and not the secret, and the note is stored', async () => {
    const agent = start('no-secrets', behaviour('no-secrets'), { 'server.key': 'TOP SECRET', 'a.md': 'plain words' });
    model.replies.push(
      call('read', { path: 'server.key' }),
      call('bash', { command: 'cat server.key' }),
      call('read', { path: 'a.md' }),
      { text: 'done' },
    );
    await agent.run('Read everything.');
    const said = model.lastRequest();
    expect(said).toContain('server.key may contain a secret. Ask the person for what you need from it.');
    expect(said).toContain('The command names a file that may contain a secret');
    expect(said).toContain('plain words');
    expect(said).not.toContain('TOP SECRET');
    const session = readFileSync(join(scope, 'no-secrets', 'session.json'), 'utf8');
    expect(session.match(/"customType":"no-secrets"/g)).toHaveLength(2);
  });

  test.each(languages)('count-words in %s: progress, the answer, a question that is answered', async (language) => {
    const agent = start(`count-words-${language}`, countWords(language), { 'a.txt': 'one two', 'b.txt': 'three' });
    model.replies.push(
      call('count_words', { files: ['a.txt', 'b.txt'] }),
      call('count_words', { files: ['a.txt', 'b.txt', 'a.txt', 'b.txt'] }),
      { text: 'done' },
    );
    const run = agent.run('Count.');
    const asked = await answer(agent, 'confirm', { confirmed: true });
    expect(asked).toMatchObject({ title: 'Count words', message: 'Count the words of 4 files?' });
    await run;
    expect(JSON.stringify(agent.records.find(isUpdate))).toContain('a.txt: 2 words (1 of 2)');
    const said = model.lastRequest();
    expect(said).toContain('total: 3 words in 2 files');
    expect(said).toContain('total: 6 words in 4 files');
  });

  test.each(languages)('count-words in %s: ends when the run is stopped; the next call works', async (language) => {
    const files = { 'a.txt': 'one two', 'b.txt': 'three', 'a.key': 'TOP SECRET' };
    const agent = start(`stopped-${language}`, countWords(language), files);
    model.replies.push(call('count_words', { files: ['a.txt', 'b.txt'], pauseMs: 50_000 }));
    const run = agent.run('Count slowly.');
    await agent.waitFor(isUpdate);
    agent.send({ type: 'abort' });
    await run;
    const again = call('count_words', { files: ['a.txt'] });
    model.replies.push(again, call('read', { path: 'a.key' }), { text: 'done' });
    await agent.run('Count again.');
    const said = model.lastRequest();
    expect(said).toContain('a.key may contain a secret');
    expect(said).not.toContain('TOP SECRET');
    expect(said).toContain('Cancelled after 1 of 2 files: The run was stopped.');
    expect(said).toContain('total: 2 words in 1 files');
  });

  test('name-report: two dialogs, then the agent gets its task', async () => {
    const agent = start('name-report', behaviour('name-report'), {});
    // The command exists once the bridge is up; the first prompt waits for that.
    await agent.run('Hello.');
    const run = agent.run('/name-report');
    const asked = await answer(agent, 'select', { value: 'List of files' });
    expect(asked).toMatchObject({ title: 'Which report?', options: ['Summary', 'List of files'] });
    await answer(agent, 'input', { value: 'inventory.md' });
    await run;
    expect(model.lastRequest()).toContain('with a line on each, to inventory.md.');
  });
});
