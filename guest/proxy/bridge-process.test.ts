import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { servingOnly, withDefaults } from '../../schema/capnp/with-defaults';
import type { ExtensionManifest, PiHost } from '../../schema/generated/pi-api';
import { bridgeInitCodec, hostInfoCodec } from '../../schema/generated/pi-api-codec';
import { BridgeProcess, type BridgeTimes } from './bridge-process';
import { atOnce } from './host/live-session';

let folder = '';
let program = '';
let count = 0;
const running: BridgeProcess[] = [];
const rejections: unknown[] = [];
const onRejection = (error: unknown): void => void rejections.push(error);

beforeAll(async () => {
  process.on('unhandledRejection', onRejection);
  folder = mkdtempSync(join(tmpdir(), 'piwork-bridge-'));
  program = join(folder, 'bridge.cjs');
  const entryPoints = [join(__dirname, 'test', 'unruly-bridge.ts')];
  await build({ entryPoints, outfile: program, bundle: true, platform: 'node', format: 'cjs', logLevel: 'error' });
});
afterEach(async () => {
  for (const one of running.splice(0)) await one.finish('quit', false);
});
afterAll(() => {
  process.removeListener('unhandledRejection', onRejection);
  rmSync(folder, { recursive: true, force: true });
  expect(rejections).toEqual([]);
});

jest.setTimeout(60_000);

const times: Partial<BridgeTimes> = {
  firstDelayMs: 5,
  maximumDelayMs: 20,
  attachDeadlineMs: 30_000,
  outagePatienceMs: 20_000,
};

/** A session, and what the process reports about it. */
function begin(manner: string, more: { isOnce?: boolean; times?: Partial<BridgeTimes>; words?: string[] } = {}) {
  const mark = more.isOnce ? join(folder, `mark-${(count += 1)}`) : '';
  const words = more.words ?? [program, manner, mark];
  const bridge = new BridgeProcess({ program: process.execPath, words }, { ...times, ...more.times });
  running.push(bridge);
  const troubles: string[] = [];
  const ready: ExtensionManifest[] = [];
  const logged: string[] = [];
  const log: PiHost['log'] = atOnce(({ message }) => {
    logged.push(message);
    return {};
  });
  const session = {
    attach: { host: servingOnly<PiHost>({ log }), init: withDefaults(bridgeInitCodec, { sessionId: 's' }) },
    info: withDefaults(hostInfoCodec, { harness: 'pi' }),
    onReady: (manifest: ExtensionManifest) => void ready.push(manifest),
    onTrouble: (why: string) => void troubles.push(why),
  };
  bridge.begin(session);
  const tool = async (toolName: string, signal?: AbortSignal): Promise<string> => {
    const limits = { deadlineMs: 5_000, waitsForStart: true, ...(signal && { signal }) };
    const request = { callId: 't', toolName, inputJson: '{}' };
    const { content } = await bridge.call(limits, (to, call) => to.executeTool(request, call));
    return content[0]?.which === 'text' ? content[0].text : '';
  };
  return { bridge, troubles, ready, logged, tool, mark, session };
}

const pidOf = (text: string): number => Number(/of (\d+)$/.exec(text)?.[1]);

test('calls wait for the start; the process lives across sessions and gets each one', async () => {
  const { bridge, tool, ready, session } = begin('good');
  const first = await tool('a');
  expect([bridge.isUp, ready.length, bridge.manifest?.name]).toEqual([true, 1, 'unruly']);
  await bridge.finish('new', true);
  expect(bridge.isUp).toBe(false);
  await expect(tool('b')).rejects.toMatchObject({ code: 'notReady' });
  bridge.begin(session);
  expect(pidOf(await tool('c'))).toBe(pidOf(first));
  expect(ready).toHaveLength(2);
});

test('a session that begins while the bridge still loads is not ended by the end of the one before', async () => {
  const { bridge, tool, session, mark } = begin('slow', { isOnce: true, times: { shutdownDeadlineMs: 1 } });
  // pi doesn't wait for the slow bridge.
  await bridge.finish('new', true);
  bridge.begin(session);
  expect(await tool('a')).toMatch(/^a of/);
  while (readFileSync(mark, 'utf8') !== 'new') await new Promise((resolve) => setImmediate(resolve));
  expect(await tool('b')).toMatch(/^b of/);
});

test('when the process is killed during a call, that call fails and the next one waits for the restart', async () => {
  const { tool, troubles, ready } = begin('good');
  const pid = pidOf(await tool('a'));
  const other = tool('hang');
  await expect(tool('die')).rejects.toMatchObject({ code: 'disconnected' });
  await expect(other).rejects.toMatchObject({ code: 'disconnected' });
  expect(pidOf(await tool('b'))).not.toBe(pid);
  expect([troubles.length, ready.length]).toEqual([1, 2]);
});

test.each([
  ['hang', { attachDeadlineMs: 8_000 }, /didn't answer in 8 s/],
  ['hang', { attachStillMs: 1_000 }, /didn't start in time/],
  ['garbage', {}, /./],
  ['exit', {}, /exit 3|the other side/],
  ['version', {}, /speaks version 2 of the contract/],
])('%s at the first start: reports it, and another try works', async (manner, more, why) => {
  const { tool, troubles, ready } = begin(manner, { isOnce: true, times: more });
  await expect(tool('a')).rejects.toMatchObject({ code: expect.any(String) as string });
  expect(await tool('b')).toMatch(/^b of/);
  expect(troubles[0]).toMatch(why);
  expect(ready).toHaveLength(1);
});

test('when the bridge never starts, calls fail in time with a message', async () => {
  const { tool, troubles, bridge } = begin('exit', {
    times: { maximumDelayMs: 10_000, firstDelayMs: 10_000, outagePatienceMs: 50 },
  });
  await expect(tool('a')).rejects.toMatchObject({ message: expect.any(String) as string });
  await expect(tool('b')).rejects.toMatchObject({ code: 'notReady', message: "The extension isn't running." });
  const impatient = bridge.call({ deadlineMs: 5_000 }, () => Promise.resolve(1));
  await expect(impatient).rejects.toMatchObject({ code: 'notReady' });
  expect(troubles).toHaveLength(1);
  const missing = begin('', { words: [join(folder, 'nothing.cjs')] });
  await expect(missing.tool('a')).rejects.toMatchObject({ code: expect.any(String) as string });
});

test('survives a flood of calls and continues', async () => {
  const { tool, logged, troubles } = begin('flood', { times: { attachDeadlineMs: 60_000 } });
  expect(await tool('a')).toMatch(/^a of/);
  expect(logged.length).toBeGreaterThan(200);
  expect(troubles).toEqual([]);
});

test('a call ends with its signal, while the bridge works and while it starts', async () => {
  const { tool } = begin('good');
  const early = new AbortController();
  const waiting = tool('a', early.signal);
  early.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
  await tool('a');
  const later = new AbortController();
  const hanging = tool('hang', later.signal);
  later.abort();
  await expect(hanging).rejects.toMatchObject({ code: 'cancelled' });
});

test('reports the end to the bridge, waits for it, and reports nothing afterwards', async () => {
  const { bridge, tool, mark, troubles } = begin('good', { isOnce: true });
  await tool('a');
  expect(existsSync(mark)).toBe(true);
  await bridge.finish('quit', false);
  expect(readFileSync(mark, 'utf8')).toBe('quit');
  await expect(tool('b')).rejects.toMatchObject({ code: 'notReady' });
  expect(troubles).toEqual([]);
});
