/** The real pi, with the configuration that Piwork writes, through the gateway to providers of every API. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configureProviders } from '../../main/providers/configured-provider';
import { knownProviders } from '../../main/providers/known-providers';
import { piErrorText } from '../../schema/pi-error-text';
import { piModels, piSettings } from '../../main/providers/pi-config';
import { startFakeUpstream, type FakeUpstream } from './fake-upstream';
import { openGateway, plantedKey, provider, token, type OpenGateway } from './open-gateway';
import { findRealPi, RealPi, type PiRecord } from './real-pi';

const found = findRealPi();
if ('missing' in found) console.log(`The providers are not tried with the real pi: ${found.missing}.`);
const describeWithPi = 'missing' in found ? describe.skip : describe;

let folder = '';
let upstream: FakeUpstream;
let gateway: OpenGateway;
let pi: RealPi;

/** The known base URLs with the fake provider as host, so that the paths are the real ones. */
const atFake = (baseUrl: string): string => `${upstream.url}${new URL(baseUrl).pathname.replace(/\/$/, '')}`;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'piwork-real-pi-'));
  upstream = await startFakeUpstream();
  gateway = await openGateway([
    ...knownProviders.map(({ name, label, baseUrl, api, apis }) =>
      provider(atFake(baseUrl), { name, label, api, apis: [...apis] }),
    ),
    provider(`${upstream.url}/v1`, { name: 'local', key: null, needsKey: false }),
  ]);
  if ('missing' in found) return;
  const work = join(folder, 'work');
  mkdirSync(work);
  const own = { name: 'local', baseUrl: `${upstream.url}/v1`, models: ['some/model:7b'] };
  pi = new RealPi({
    ...found,
    folder,
    token,
    systemPrompt: 'Outputs folder: /nowhere',
    workingFolder: work,
    models: piModels(configureProviders([own]), `http://127.0.0.1:${gateway.port}`),
    settings: { ...piSettings(), retry: { enabled: false } },
  });
});
afterAll(async () => {
  if (!('missing' in found)) await pi.stop();
  await gateway.close();
  await upstream.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => upstream.seen.splice(0));

const answerTo = async (command: Readonly<Record<string, unknown>>): Promise<PiRecord> => {
  const id = `c${pi.records.length}`;
  pi.send({ id, ...command });
  return pi.waitFor((record) => record.type === 'response' && record['id'] === id);
};

const lastError = (): unknown =>
  (pi.records.findLast(({ type }) => type === 'message_end')?.['message'] as { errorMessage?: string }).errorMessage;

describeWithPi('the providers with the real pi', () => {
  jest.setTimeout(30_000);

  test("are listed with pi's own catalogue behind the gateway", async () => {
    const { data } = await answerTo({ type: 'get_available_models' });
    const { models } = data as { models: { provider: string; id: string; baseUrl: string }[] };
    const refs = new Set(models.map((model) => `${model.provider}/${model.id}`));
    for (const { name, models: listed } of knownProviders) {
      for (const { id } of listed) expect(refs).toContain(`${name}/${id}`);
    }
    expect(refs).toContain('tour/tour');
    expect(refs).toContain('local/some/model:7b');
    expect(models.filter(({ baseUrl }) => !baseUrl.startsWith(`http://127.0.0.1:${gateway.port}/`))).toEqual([]);
  });

  test.each([
    ['anthropic', 'claude-sonnet-5-5', '/v1/messages?beta=true', 'x-api-key', plantedKey],
    ['openai', 'gpt-6.1-sol', '/v1/responses', 'authorization', `Bearer ${plantedKey}`],
    [
      'google',
      'gemini-3.8-flash',
      '/v1beta/models/gemini-3.8-flash:streamGenerateContent?alt=sse',
      'x-goog-api-key',
      plantedKey,
    ],
    ['openrouter', 'openai/gpt-6.1-sol', '/api/v1/chat/completions', 'authorization', `Bearer ${plantedKey}`],
    [
      'openrouter',
      'anthropic/claude-sonnet-5.5',
      '/api/v1/messages?beta=true',
      'authorization',
      `Bearer ${plantedKey}`,
    ],
    ['local', 'some/model:7b', '/v1/chat/completions', 'authorization', undefined],
  ])("%s gets the question to %s at %s, with the person's key", async (name, modelId, path, header, value) => {
    upstream.answer = (_request, response) => {
      response.writeHead(401, { 'content-type': 'application/json' });
      response.end('{"error":{"type":"x","message":"the key is no good"}}');
    };
    expect(await answerTo({ type: 'set_model', provider: name, modelId })).toMatchObject({ success: true });
    await pi.run('Hello');
    expect(upstream.seen.map(({ url, method }) => [method, url])).toEqual([['POST', path]]);
    expect(upstream.seen[0]?.headers[header]).toBe(value);
    expect(JSON.stringify(upstream.seen)).not.toContain(token);
    expect(piErrorText(String(lastError()))).toContain('the key is no good');
    expect(JSON.stringify(pi.records)).not.toContain(plantedKey);
  });

  test.each([
    ['anthropic', 'claude-sonnet-5-5', { type: 'message_start' }],
    ['openai', 'gpt-6.1-sol', { type: 'response.created' }],
    ['google', 'gemini-3.8-flash', {}],
    ['openrouter', 'openai/gpt-6.1-sol', { choices: [] }],
  ])(
    '%s that puts the key into its answer: pi reports it once and never sees the key',
    async (name, modelId, start) => {
      for (const type of ['text/event-stream', 'application/json']) {
        upstream.answer = (_request, response) => {
          response.writeHead(200, { 'content-type': type });
          const event = JSON.stringify({ ...start, echo: plantedKey });
          response.end(type === 'application/json' ? event : `data: {}\n\ndata: ${event}\n\n`);
        };
        await answerTo({ type: 'set_model', provider: name, modelId });
        await pi.run('Hello');
        expect(piErrorText(String(lastError()))).toContain(
          'put your key into its answer, so Piwork stopped the answer.',
        );
        expect(JSON.stringify(pi.records)).not.toContain(plantedKey);
      }
    },
  );

  test('streams an answer of a local server through', async () => {
    upstream.answer = ({ body }, response) => {
      expect(JSON.parse(body)).toMatchObject({ model: 'some/model:7b', stream: true });
      const chunk = (delta: object, finish: string | null = null): string =>
        `data: ${JSON.stringify({ id: 'x', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(`${chunk({ content: 'Hello ' })}${chunk({ content: 'back' })}${chunk({}, 'stop')}data: [DONE]\n\n`);
    };
    await answerTo({ type: 'set_model', provider: 'local', modelId: 'some/model:7b' });
    await pi.run('Hello');
    expect(pi.lastText()).toBe('Hello back');
  });
});
