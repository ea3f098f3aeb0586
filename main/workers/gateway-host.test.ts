/** The gateway in its worker thread, as main runs it. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { GatewayHost } from './gateway-host';
import { taskToken } from '../../node/task-token';
import { startFakeUpstream } from '../../gateway/test/fake-upstream';
import { ask, plantedKey, provider, type OpenGateway } from '../../gateway/test/open-gateway';

const root = join(__dirname, '..', '..');
const stateFolder = mkdtempSync(join(tmpdir(), 'piwork-gateway-host-'));
const workerFile = join(stateFolder, 'gateway-worker.cjs');
const key = 'ab'.repeat(32);
const token = taskToken(Buffer.from(key, 'hex'), 'task-1');
const asTask = { headers: { authorization: `Bearer ${token}` } };

beforeAll(async () => {
  const entryPoints = [join(root, 'gateway/worker.ts')];
  await build({ entryPoints, bundle: true, platform: 'node', outfile: workerFile, logLevel: 'error' });
  mkdirSync(join(stateFolder, 'tasks', 'task-1'), { recursive: true });
});
afterAll(() => rmSync(stateFolder, { recursive: true, force: true }));

const ledgerLines = (): { type: string; outcome?: string }[] =>
  readFileSync(join(stateFolder, 'tasks', 'task-1', 'ledger.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string; outcome?: string });

const open = (file: string): { gateway: GatewayHost; logged: string[] } => {
  const logged: string[] = [];
  const gateway = new GatewayHost({ workerFile: file, stateFolder, tourPace: 0, log: (line) => logged.push(line) });
  return { gateway, logged };
};

test('serves with its configuration, and leaves nothing behind', async () => {
  const upstream = await startFakeUpstream();
  const { gateway } = open(workerFile);
  const at = { port: await gateway.useKey(null) } as OpenGateway;

  expect((await ask(at, '/fake/models', { ...asTask, method: 'GET' })).status).toBe(401);
  expect(await gateway.useKey(key)).toBe(at.port);
  expect((await ask(at, '/fake/models', { ...asTask, method: 'GET' })).status).toBe(404);
  await gateway.setProviders([provider(upstream.url)]);
  expect((await ask(at, '/fake/models', { ...asTask, method: 'GET' })).status).toBe(200);
  expect(upstream.seen[0]?.headers.authorization).toBe(`Bearer ${plantedKey}`);
  // The second line follows the end of the answer.
  while (ledgerLines().length < 2) await new Promise((resolve) => setImmediate(resolve));
  expect(ledgerLines()).toMatchObject([
    { type: 'request', taskId: 'task-1', provider: 'fake' },
    { type: 'response', taskId: 'task-1', status: 200, outcome: 'complete' },
  ]);

  await gateway.useKey(null);
  expect((await ask(at, '/fake/models', { ...asTask, method: 'GET' })).status).toBe(401);
  await gateway.stop();
  await expect(ask(at, '/fake/models', asTask)).rejects.toThrow('ECONNREFUSED');
  await upstream.close();
});

test('what was configured before the start applies at the start, and again after a stop', async () => {
  const upstream = await startFakeUpstream();
  const { gateway } = open(workerFile);
  await gateway.setProviders([provider(upstream.url)]);
  for (let start = 0; start < 2; start++) {
    const at = { port: await gateway.useKey(key) } as OpenGateway;
    expect((await ask(at, '/fake/models', { ...asTask, method: 'GET' })).status).toBe(200);
    await gateway.stop();
  }
  await upstream.close();
});

test('asks a provider in the worker', async () => {
  const upstream = await startFakeUpstream();
  const { gateway } = open(workerFile);
  const { label, api } = provider(upstream.url);
  const question = { label, api, baseUrl: upstream.url, key: plantedKey, model: 'm' };
  expect(await gateway.test(question)).toMatchObject({ ok: expect.any(Boolean) as boolean });
  expect(upstream.seen[0]?.headers.authorization).toBe(`Bearer ${plantedKey}`);
  await gateway.stop();
  await upstream.close();
});

test("a worker that can't start is an error", async () => {
  const broken = join(stateFolder, 'broken.cjs');
  writeFileSync(broken, 'throw new Error("broken on purpose")');
  const { gateway, logged } = open(broken);
  await expect(gateway.useKey(key)).rejects.toMatchObject({
    details: { reason: expect.stringContaining('broken on purpose') as string },
  });
  expect(logged.join()).toContain('broken on purpose');
});
