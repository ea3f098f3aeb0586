import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appApi } from '../../schema/app-api';
import { openFileKeyStore } from './file-key-store';
import { testProvider, type Fetch } from '../../gateway/provider-test';
import { Providers } from './providers';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'piwork-providers-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = async (fetch: Fetch = globalThis.fetch): Promise<Providers> =>
  Providers.open({
    stateFolder: folder,
    keys: await openFileKeyStore(folder),
    now: () => 42,
    ask: (question) => testProvider(question, fetch, () => 42),
  });

const ollama = { name: 'ollama', baseUrl: 'http://localhost:11434/v1/', models: ['qwen2.5-coder:7b'] };

test('starts with the tour and the known providers', async () => {
  const providers = await open();
  expect(providers.list().map(({ name, kind, hasKey }) => [name, kind, hasKey])).toEqual([
    ['tour', 'tour', false],
    ['anthropic', 'known', false],
    ['openai', 'known', false],
    ['google', 'known', false],
    ['openrouter', 'known', false],
  ]);
  expect(providers.models().map(({ ref }) => ref)).toEqual(['tour/tour']);
  expect(JSON.parse(providers.piConfig.settings)).toMatchObject({ defaultProvider: 'tour' });
  const shape = appApi.events['models.changed'];
  expect(shape.safeParse({ providers: providers.list(), models: providers.models() }).success).toBe(true);
});

test('a key enables the models of a known provider and goes only to the gateway', async () => {
  const providers = await open();
  const changes: number[] = [];
  providers.onChange(() => changes.push(providers.models().length));
  await providers.save({ name: 'anthropic', key: ' sk-planted-0123456789\n' });
  expect(changes).toEqual([4]);
  expect(providers.gatewayProviders().find(({ name }) => name === 'anthropic')).toEqual({
    name: 'anthropic',
    label: 'Anthropic',
    baseUrl: 'https://api.anthropic.com',
    api: 'anthropic-messages',
    apis: ['anthropic-messages'],
    key: 'sk-planted-0123456789',
    needsKey: true,
  });
  expect(JSON.stringify([providers.list(), providers.piConfig])).not.toContain('sk-planted-0123456789');
  expect(existsSync(join(folder, 'providers.json'))).toBe(false);
  await providers.save({ name: 'anthropic', key: null });
  expect(changes).toEqual([4, 1]);
});

test("a custom provider survives a restart and is in pi's configuration", async () => {
  await (await open()).save({ ...ollama, key: 'k' });
  const providers = await open();
  expect(providers.list().at(-1)).toEqual({
    name: 'ollama',
    label: 'ollama',
    baseUrl: 'http://localhost:11434/v1',
    api: 'openai-completions',
    models: [{ id: 'qwen2.5-coder:7b', name: 'qwen2.5-coder:7b' }],
    hasKey: true,
    kind: 'custom',
  });
  expect(JSON.parse(providers.piConfig.models)).toHaveProperty('providers.ollama.models.0.id', 'qwen2.5-coder:7b');
  await providers.save({ name: 'ollama', models: ['a', ' b ', 'a', ' '] });
  expect(providers.models().map(({ ref }) => ref)).toEqual(['tour/tour', 'ollama/a', 'ollama/b']);
  expect(providers.gatewayProviders().at(-1)).toMatchObject({ key: 'k', needsKey: false });
  await providers.remove('ollama');
  expect(providers.list().some(({ name }) => name === 'ollama')).toBe(false);
  expect(readFileSync(join(folder, 'keys/keys.json'), 'utf8')).not.toContain('ollama');
});

test.each([
  [{ name: 'tour', key: 'x' }, 'built in'],
  [{ name: 'mine' }, 'Enter the base URL of mine'],
  [{ name: 'mine', baseUrl: 'http://localhost:1' }, 'at least one model'],
  [{ name: 'mine', baseUrl: 'http://example.com/v1', models: ['m'] }, 'https://'],
  [{ name: 'anthropic', api: 'openai-completions' as const }, "can't be changed"],
  [{ name: 'anthropic', key: 'two words' }, 'A key is one word'],
  [{ name: 'anthropic', key: 'ключ' }, 'A key is one word'],
])('%j is refused: %s', async (change, message) => {
  await expect((await open()).save(change)).rejects.toThrow(message);
  expect(readdirSync(folder).sort()).toEqual(['keys']);
});

test('an error about an unknown provider lists the existing ones', async () => {
  await expect((await open()).test('mistral')).rejects.toThrow(
    'There is no provider mistral. Choose one of tour, anthropic',
  );
});

test.each(['{', '{"version":2}', '{"version":1,"providers":[{"name":"mine"}]}'])('moves %s aside', async (text) => {
  writeFileSync(join(folder, 'providers.json'), text);
  const providers = await open();
  expect(providers.setAside).toEqual([
    { path: join(folder, 'providers.json.bad-42'), reason: expect.any(String) as string },
  ]);
  expect(readFileSync(join(folder, 'providers.json.bad-42'), 'utf8')).toBe(text);
  await providers.save(ollama);
  expect((await open()).setAside).toEqual([]);
});

describe('testing a provider', () => {
  const answering = (status: number, body: string, seen: unknown[] = []): Fetch => {
    return (url, init) => {
      seen.push([url.href, init.headers, JSON.parse(init.body as string)]);
      return Promise.resolve(new Response(body, { status }));
    };
  };

  test('sends the key where the API expects it', async () => {
    const seen: unknown[] = [];
    const providers = await open(answering(200, '{}', seen));
    for (const name of ['anthropic', 'openai', 'google', 'openrouter']) {
      await providers.save({ name, key: `key-of-${name}` });
      expect(await providers.test(name)).toMatchObject({ ok: true, problem: null });
    }
    expect(seen).toMatchObject([
      ['https://api.anthropic.com/v1/messages', { 'x-api-key': 'key-of-anthropic' }, { model: 'claude-sonnet-5-5' }],
      ['https://api.openai.com/v1/responses', { authorization: 'Bearer key-of-openai' }, { store: false }],
      [
        'https://generativelanguage.googleapis.com/v1beta/models/gemini-4-argon:generateContent',
        { 'x-goog-api-key': 'key-of-google' },
        {},
      ],
      ['https://openrouter.ai/api/v1/chat/completions', { authorization: 'Bearer key-of-openrouter' }, {}],
    ]);
  });

  test('asks over the network', async () => {
    const asked: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url, request.headers.authorization);
      response.writeHead(404).end('{"error":{"message":"model not found"}}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const providers = await open();
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
    await providers.save({ ...ollama, baseUrl, key: 'k' });
    expect(await providers.test('ollama')).toMatchObject({ ok: false, cause: 'model_unknown' });
    expect(asked).toEqual(['/v1/chat/completions', 'Bearer k']);
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
    expect(await providers.test('ollama')).toMatchObject({
      cause: 'network',
      problem: expect.stringMatching(/^Nothing answers/) as string,
    });
  });

  test('never repeats the key', async () => {
    const providers = await open(answering(401, '{"error":{"message":"bad key sk-planted-0123456789"}}'));
    await providers.save({ name: 'openai', key: 'sk-planted-0123456789' });
    const result = await providers.test('openai');
    expect(result).toMatchObject({ ok: false, cause: 'key_refused' });
    expect(result.problem).not.toContain('sk-planted-0123456789');
  });

  test('says when there is no key, and that the tour needs none', async () => {
    const providers = await open(() => Promise.reject(new Error('must not ask')));
    expect(await providers.test('openai')).toMatchObject({ ok: false, cause: 'no_key' });
    expect(await providers.test('tour')).toMatchObject({ ok: true });
  });

  test('says what is wrong with the connection', async () => {
    const cause = Object.assign(new Error('x'), { code: 'ENOTFOUND' });
    const providers = await open(() => Promise.reject(new TypeError('fetch failed', { cause })));
    await providers.save(ollama);
    expect(await providers.test('ollama')).toMatchObject({
      cause: 'network',
      problem: "localhost:11434 wasn't found. Check the base URL and your network connection.",
    });
  });
});
