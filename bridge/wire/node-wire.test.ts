import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { connectBridge } from '../../schema/capnp/bridge-connection';
import type { PiEvent, PiHost } from '../../schema/generated/pi-api';
import { servingOnly, withDefaults } from '../../schema/capnp/with-defaults';
import { bridgeInitCodec, eventHeaderCodec } from '../../schema/generated/pi-api-codec';
import { childWire, connectUnix } from './node-wire';

const asked: unknown[] = [];
const host = servingOnly<PiHost>({
  uiAction: async (action) => {
    asked.push(action);
    return { which: 'confirmed', confirmed: false };
  },
  log: async () => ({}),
});

const toolCall = (command: string): PiEvent => ({
  header: withDefaults(eventHeaderCodec, { seq: 1, sessionId: 's', harness: 'pi', correlationId: 't1' }),
  which: 'toolCall',
  toolCall: { toolCallId: 't1', toolName: 'bash', inputJson: JSON.stringify({ command }) },
});

const children: ChildProcess[] = [];
let folder: string;
let program: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'piwork-wire-'));
  program = join(folder, 'bridge.cjs');
  const entryPoints = [join(__dirname, 'test', 'scripted-bridge-main.ts')];
  await build({ entryPoints, outfile: program, bundle: true, platform: 'node', format: 'cjs', logLevel: 'error' });
});

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

function start(): ReturnType<typeof connectBridge> & { readonly child: ChildProcess } {
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  return { child, ...connectBridge(childWire(child)) };
}

const init = withDefaults(bridgeInitCodec, { sessionId: 's', cwd: '/' });

describe('a bridge in its own process, over its standard streams', () => {
  test('gates a tool, calls the host back, and ends when the wire is closed', async () => {
    const { bridge, close, closed, child } = start();
    const exit = once(child, 'exit');
    await bridge.attach({ host, init });
    expect(await bridge.handleEvent(toolCall('ls'))).toEqual({ which: 'none' });
    expect(await bridge.handleEvent(toolCall('rm -rf x'))).toEqual({
      which: 'blockTool',
      blockTool: { reason: 'never all at once', terminate: false },
    });
    expect(await bridge.handleEvent(toolCall('rm x'))).toMatchObject({ blockTool: { reason: 'the person said no' } });
    expect(asked).toEqual([{ which: 'confirm', confirm: { title: 'Delete?', message: 'rm x' } }]);
    close();
    expect((await closed).code).toBe('disconnected');
    expect(await exit).toEqual([0, null]);
    await expect(bridge.handleEvent(toolCall('ls'))).rejects.toMatchObject({ code: 'disconnected' });
  });

  test('killed during a call: that call fails, and every later one', async () => {
    const { bridge, closed } = start();
    await bridge.attach({ host, init });
    const other = bridge.executeTool({ callId: '1', toolName: 'hang', inputJson: '' });
    await expect(bridge.executeTool({ callId: '2', toolName: 'die', inputJson: '' })).rejects.toMatchObject({
      code: 'disconnected',
    });
    await expect(other).rejects.toMatchObject({ code: 'disconnected' });
    expect((await closed).message).toMatch(/the other side/);
    await expect(bridge.handleEvent(toolCall('ls'))).rejects.toMatchObject({ code: 'disconnected' });
  });
});

test('a bridge at a unix socket serves several harnesses', async () => {
  const path = join(folder, 'bridge.sock');
  const child = spawn(process.execPath, [program, path], { stdio: ['ignore', 'ignore', 'pipe'] });
  children.push(child);
  await once(child.stderr, 'data');
  const first = connectBridge(await connectUnix(path));
  const second = connectBridge(await connectUnix(path));
  await first.bridge.attach({ host, init });
  expect(await first.bridge.handleEvent(toolCall('rm -rf x'))).toMatchObject({ which: 'blockTool' });
  first.close();
  expect(await second.bridge.handleEvent(toolCall('rm -rf x'))).toMatchObject({ which: 'blockTool' });
  second.close();
});
