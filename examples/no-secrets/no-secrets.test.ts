import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hostInfo, initWith, stage, toolCall } from '../../bridge/events/test/stage';
import type { AppendEntry, PiExtensionBridge } from '../../schema/generated/pi-api';

/** The example, attached to a session that collects the entries it stores. */
async function attached(): Promise<{ readonly bridge: PiExtensionBridge; readonly kept: readonly AppendEntry[] }> {
  const text = await readFile(join(__dirname, 'no-secrets.edn'), 'utf8');
  const { bridge, host } = stage(['report.md', 'server.key']);
  const kept: AppendEntry[] = [];
  const appendEntry = (entry: AppendEntry) => {
    kept.push(entry);
    return Promise.resolve({});
  };
  await bridge.attach({ host: { ...host, appendEntry }, init: initWith({ 'no-secrets.edn': text }) });
  return { bridge, kept };
}

test('gates tool calls', async () => {
  const { bridge } = await attached();
  const { events } = await bridge.describe({ ...hostInfo, capabilities: [...hostInfo.capabilities, 'entries'] });
  expect(events).toContainEqual(expect.objectContaining({ name: 'tool_call', class: 'gate' }));
});

test.each([
  ['read', 'server.key'],
  ['write', 'config/.env'],
  ['edit', '/mnt/workdir/.env.local'],
  ['read', 'ssh/id_ed25519'],
])('%s of %s is blocked with the reason, and a note is stored', async (tool, path) => {
  const { bridge, kept } = await attached();
  expect(await bridge.handleEvent(toolCall(tool, { path }))).toEqual({
    which: 'blockTool',
    blockTool: { reason: `${path} may contain a secret. Ask the person for what you need from it.`, terminate: false },
  });
  expect(kept).toEqual([{ customType: 'no-secrets', dataJson: JSON.stringify({ path }) }]);
});

test.each(['cat server.key', 'source .env && make', 'cp "a b/x.pem" /tmp', 'base64 <~/.ssh/id_rsa'])(
  'the command `%s` is blocked',
  async (command) => {
    const { bridge } = await attached();
    expect(await bridge.handleEvent(toolCall('bash', { command }))).toMatchObject({ which: 'blockTool' });
  },
);

test.each([
  ['read', { path: 'report.md' }],
  ['read', { path: '.env.example' }],
  ['read', { path: 'keyboard.md' }],
  ['bash', { command: 'ls -la; echo $ENVIRONMENT > monkey' }],
])('%s of %j is allowed, without a note', async (tool, input) => {
  const { bridge, kept } = await attached();
  expect(await bridge.handleEvent(toolCall(tool, input))).toEqual({ which: 'none' });
  expect(kept).toEqual([]);
});
