/** The gateway in its worker thread, as main runs it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { startGateway } from '../gateway-host';
import { taskToken } from '../task-token';
import { startFakeUpstream } from './fake-upstream';
import { ask, plantedKey, provider, type OpenGateway } from './open-gateway';

const root = join(__dirname, '..', '..', '..');
const stateFolder = mkdtempSync(join(tmpdir(), 'piwork-gateway-host-'));
const workerFile = join(stateFolder, 'gateway-worker.cjs');
const key = 'ab'.repeat(32);
const token = taskToken(Buffer.from(key, 'hex'), 'task-1');
const asTask = { headers: { authorization: `Bearer ${token}` } };

beforeAll(async () => {
  const entryPoints = [join(root, 'main/gateway/worker.ts')];
  await build({ entryPoints, bundle: true, platform: 'node', outfile: workerFile, logLevel: 'error' });
  mkdirSync(join(stateFolder, 'tasks', 'task-1'), { recursive: true });
});
afterAll(() => rmSync(stateFolder, { recursive: true, force: true }));

test('serves what it was told, tells what it did, and leaves nothing behind', async () => {
  const upstream = await startFakeUpstream();
  const gateway = await startGateway({ workerFile, stateFolder, tourPace: 0 });
  const at = { port: gateway.port } as OpenGateway;
  const closed = new Promise<string>((resolve) => gateway.onClose(resolve));

  expect((await ask(at, '/fake/models', { ...asTask, method: 'GET' })).status).toBe(401);
  await gateway.setKey(key);
  expect((await ask(at, '/fake/models', { ...asTask, method: 'GET' })).status).toBe(404);
  await gateway.setProviders([provider(upstream.url)]);
  const exchange = new Promise((resolve) => gateway.onExchange(resolve));
  expect((await ask(at, '/fake/models', { ...asTask, method: 'GET' })).status).toBe(200);
  expect(upstream.seen[0]?.headers.authorization).toBe(`Bearer ${plantedKey}`);
  expect(await exchange).toMatchObject({ taskId: 'task-1', provider: 'fake', status: 200, outcome: 'complete' });

  await gateway.setKey(null);
  expect((await ask(at, '/fake/models', { ...asTask, method: 'GET' })).status).toBe(401);
  await gateway.stop();
  expect(await closed).toBe('closed by this side');
  await expect(ask(at, '/fake/models', asTask)).rejects.toThrow('ECONNREFUSED');
  await upstream.close();
});

test('a worker that cannot start is an error', async () => {
  const broken = join(stateFolder, 'broken.cjs');
  writeFileSync(broken, 'throw new Error("broken on purpose")');
  await expect(startGateway({ workerFile: broken, stateFolder, tourPace: 0 })).rejects.toThrow('broken on purpose');
});
