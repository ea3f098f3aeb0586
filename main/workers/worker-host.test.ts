/** Over a worker that does what its data says. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { method, type Contract } from '../../schema/rpc';
import { WorkerHost, type WorkerHostOptions } from './worker-host';

const nothing = z.strictObject({});
const played = {
  methods: {
    begin: method(nothing, nothing),
    life: method(nothing, z.object({ life: z.number() })),
    die: method(nothing, nothing),
  },
  events: { said: z.object({ text: z.string() }) },
} satisfies Contract;

const script = `const { parentPort, workerData } = require('node:worker_threads');
const { life, atBegin } = workerData;
const answers = {
  begin: () => {
    if (atBegin === 'dies') process.exit(1);
    if (atBegin === 'throws') throw new Error('broken on purpose');
    if (atBegin === 'hangs') return null;
    parentPort.postMessage({ type: 'event', event: 'said', seq: 0, timestamp: 0, payload: { text: 'life ' + life } });
    return {};
  },
  life: () => ({ life }),
  die: () => process.exit(1),
};
parentPort.on('message', ({ id, type }) => {
  const result = answers[type]();
  if (result !== null) parentPort.postMessage({ id, ok: true, result });
});`;

const folder = mkdtempSync(join(tmpdir(), 'piwork-worker-'));
const file = join(folder, 'worker.cjs');
beforeAll(() => writeFileSync(file, script));
afterAll(() => rmSync(folder, { recursive: true }));

type AtBegin = 'answers' | 'dies' | 'throws' | 'hangs';

/** A host whose workers begin as the list says; the last entry applies to all that follow. */
function open(lives: readonly AtBegin[], change: Partial<WorkerHostOptions<typeof played>> = {}) {
  const told: string[] = [];
  let life = 0;
  const host = new WorkerHost({
    ...{ contract: played, file, name: 'the worker', notRunning: 'There is no worker.' },
    data: () => ({ atBegin: lives[Math.min(life, lives.length - 1)], life: ++life }),
    begin: (client) => client.begin({}),
    log: (line) => told.push(`log: ${line.split('\n')[0]}`),
    ...change,
  });
  host.began.add(() => told.push('began'));
  host.lost.add(() => told.push('lost'));
  host.on('said', ({ text }) => told.push(text));
  return { host, told, lives: () => life };
}

/** Number of threads of this test. */
const threads = (): number => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length;
const before = threads();
afterEach(async () => {
  for (let turn = 0; turn < 100 && threads() > before; turn++) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(threads()).toBe(before);
});

const next = (listeners: WorkerHost<typeof played>['lost']): Promise<void> =>
  new Promise((resolve) => {
    const waiting = listeners.add(() => {
      waiting.dispose();
      resolve();
    });
  });

const notRunning = { code: 'INTERNAL_ERROR', message: 'There is no worker.' };

test('a start begins the worker once, however many wait for it', async () => {
  const { host, told, lives } = open(['answers']);
  await expect(host.client.life({})).rejects.toMatchObject(notRunning);
  expect(host.isRunning).toBe(false);
  await Promise.all([host.start(), host.start()]);
  await host.start();
  expect(await host.client.life({})).toEqual({ life: 1 });
  expect(lives()).toBe(1);
  expect(told).toEqual(['life 1', 'began']);
  await host.stop();
});

test('after a stop, calls fail, nothing is lost, and a start creates another worker', async () => {
  const { host, told } = open(['answers'], { mayRestart: () => true });
  await host.start();
  const pending = expect(host.client.begin({})).rejects.toMatchObject({ code: 'DISCONNECTED' });
  await host.stop();
  await pending;
  expect(host.isRunning).toBe(false);
  await expect(host.client.life({})).rejects.toMatchObject(notRunning);
  await host.start();
  expect(await host.client.life({})).toEqual({ life: 2 });
  await host.stop();
  await host.stop();
  expect(told.filter((line) => line !== 'life 1')).toEqual(['began', 'life 2', 'began']);
});

test.each(['dies', 'throws'] as const)(
  'a worker that %s when it begins fails the start, and leaves nothing behind',
  async (how) => {
    const { host, told, lives } = open([how, 'answers'], { mayRestart: () => true });
    await expect(host.start()).rejects.toMatchObject({ code: 'DISCONNECTED' });
    expect(host.isRunning).toBe(false);
    await expect(host.client.life({})).rejects.toMatchObject(notRunning);
    expect(lives()).toBe(1);
    expect(told.filter((line) => line === 'began' || line === 'lost')).toEqual([]);
    expect(told.some((line) => line.includes('broken on purpose'))).toBe(how === 'throws');
    await host.start();
    expect(await host.client.life({})).toEqual({ life: 2 });
    await host.stop();
  },
);

test('a missing bundle fails the start', async () => {
  const { host } = open(['answers'], { file: join(folder, 'absent.cjs') });
  await expect(host.start()).rejects.toMatchObject({
    details: { reason: expect.stringContaining('Cannot find module') as string },
  });
  expect(host.isRunning).toBe(false);
});

test('a stop during the start ends it', async () => {
  const { host, told } = open(['hangs'], { mayRestart: () => true });
  const started = expect(host.start()).rejects.toMatchObject({ code: 'DISCONNECTED' });
  await host.stop();
  await started;
  expect(host.isRunning).toBe(false);
  expect(told).toEqual([]);
});

test("a worker that ends by itself is lost, and isn't replaced where that isn't allowed", async () => {
  const { host, told, lives } = open(['answers']);
  await host.start();
  const lost = next(host.lost);
  await expect(host.client.die({})).rejects.toMatchObject({ code: 'DISCONNECTED' });
  await lost;
  expect(host.isRunning).toBe(false);
  await expect(host.client.life({})).rejects.toMatchObject(notRunning);
  expect(told).toEqual(['life 1', 'began', 'lost']);
  expect(lives()).toBe(1);
});

test('another replaces it where that is allowed, and reports that it began', async () => {
  const lifetimes: number[] = [];
  const { host, told } = open(['answers'], { mayRestart: (livedMs) => lifetimes.push(livedMs) > 0 });
  await host.start();
  const again = next(host.lost).then(() => next(host.began));
  await host.client.die({}).catch(() => undefined);
  await again;
  expect(await host.client.life({})).toEqual({ life: 2 });
  expect(told).toEqual(['life 1', 'began', 'lost', 'life 2', 'began']);
  expect(lifetimes).toEqual([expect.any(Number)]);
  await host.stop();
});

test("a replacement that can't begin counts as a short life, until none may follow", async () => {
  const lifetimes: number[] = [];
  let giveUp = (): void => undefined;
  const gaveUp = new Promise<void>((resolve) => (giveUp = resolve));
  const mayRestart = (livedMs: number): boolean => {
    if (lifetimes.push(livedMs) === 3) giveUp();
    return lifetimes.length < 3;
  };
  const { host, lives } = open(['answers', 'dies'], { mayRestart });
  await host.start();
  await host.client.die({}).catch(() => undefined);
  await gaveUp;
  expect(lifetimes.slice(1)).toEqual([0, 0]);
  expect(lives()).toBe(3);
  expect(host.isRunning).toBe(false);
});

test('a stop while a replacement begins is final', async () => {
  const { host, lives } = open(['answers', 'hangs'], { mayRestart: () => true });
  await host.start();
  const lost = next(host.lost);
  await host.client.die({}).catch(() => undefined);
  await lost;
  expect(host.isRunning).toBe(true);
  await host.stop();
  await new Promise((resolve) => setImmediate(resolve));
  expect(host.isRunning).toBe(false);
  expect(lives()).toBe(2);
});

test('a listener of `lost` may start it itself', async () => {
  const { host, lives } = open(['answers'], { mayRestart: () => true });
  await host.start();
  const restarted = new Promise<void>((resolve) => host.lost.add(() => resolve(host.start())));
  await host.client.die({}).catch(() => undefined);
  await restarted;
  expect(lives()).toBe(2);
  await host.stop();
});
