import { ContractError } from '../../../schema/capnp/contract-error';
import { withDefaults } from '../../../schema/capnp/with-defaults';
import type {
  CommandResponse,
  ExtensionManifest,
  PiExtensionBridge,
  ToolDefinition,
} from '../../../schema/generated/pi-api';
import { extensionManifestCodec, toolDefinitionCodec } from '../../../schema/generated/pi-api-codec';
import type { BridgeWork, CallLimits } from '../bridge-process';
import { CallsUnderWay } from '../calls-under-way';
import type { PiContext } from '../pi';
import { fakePi } from '../test/fake-pi';
import { Registration } from './registration';

const tool = (name: string, more: Partial<ToolDefinition> = {}): ToolDefinition =>
  withDefaults(toolDefinitionCodec, { name, description: 'does', parametersJson: '{"type":"object"}', ...more });

function register(bridge: Partial<PiExtensionBridge> = {}) {
  const shortcuts = new Map<string, (context: PiContext) => Promise<void>>();
  const fake = fakePi({ pi: { registerShortcut: (key, { handler }) => void shortcuts.set(key, handler) } });
  const told: string[] = [];
  const process = {
    call: <T>({ deadlineMs }: CallLimits, work: BridgeWork<T>): Promise<T> =>
      work(bridge as PiExtensionBridge, { deadlineMs }),
  };
  const calls = new CallsUnderWay();
  const registration = new Registration({
    pi: fake.pi,
    process,
    calls,
    toolMs: 9,
    tell: (text) => void told.push(text),
  });
  const offer = (manifest: Partial<ExtensionManifest>): void =>
    registration.register(withDefaults(extensionManifestCodec, { name: 'ext', ...manifest }));
  return { ...fake, shortcuts, notices: told, offer, calls };
}

test('registers each thing once, later only what is new, and never over an existing one', () => {
  const { offer, tools, notices } = register();
  offer({ tools: [tool('a'), tool('bash'), tool('broken', { parametersJson: '[' })] });
  const [first] = tools.values();
  offer({ tools: [tool('a'), tool('b'), tool('bash')] });
  expect([...tools.keys()]).toEqual(['a', 'b']);
  expect(tools.get('a')).toBe(first);
  expect(notices).toEqual([
    "ext: the tool bash isn't available: that name is already taken (builtin:bash)",
    "ext: the tool broken isn't available: The input of broken isn't JSON.",
  ]);
});

test('absent fields are also absent for pi', () => {
  const { offer, tools } = register();
  offer({ tools: [tool('a', { exposure: 'modelOnly', annotations: { readOnlyHint: true }, defaultActive: false })] });
  expect(tools.get('a')).toEqual({
    ...{ name: 'a', label: 'a', description: 'does', parameters: { type: 'object' }, exposure: 'model-only' },
    ...{ annotations: { readOnlyHint: true }, defaultActive: false, execute: expect.any(Function) as unknown },
  });
});

test.each([
  [new ContractError('disconnected', 'x'), /The extension stopped while a was running/],
  [new ContractError('notReady', "The extension isn't running."), /can't run now: The extension isn't/],
  [new ContractError('deadlineExceeded', 'x'), /took too long/],
  [new ContractError('cancelled', 'x'), /was stopped/],
  [new Error('boom'), /a failed: boom/],
])('a tool that fails by %s gives an error message', async (error, sentence) => {
  const { offer, tools, calls, context } = register({ executeTool: () => Promise.reject(error) });
  offer({ tools: [tool('a')] });
  const result = await tools.get('a')?.execute('t', {}, undefined, undefined, context as never);
  expect(result).toMatchObject({ isError: true, content: [{ text: expect.stringMatching(sentence) as string }] });
  expect(calls.tools.size).toBe(0);
});

test("completes a command, and offers nothing when the bridge doesn't answer", async () => {
  const items = [{ value: 'v', label: 'l', description: undefined }];
  const { offer, commands } = register({ completeArguments: () => Promise.resolve({ items }) });
  offer({ commands: [{ name: 'do', completesArguments: true }] });
  expect(await commands.get('do')?.getArgumentCompletions?.('x')).toEqual([{ value: 'v', label: 'l' }]);
  const other = register({ completeArguments: () => Promise.reject(new Error('no')) });
  other.offer({ commands: [{ name: 'do', completesArguments: true }] });
  expect(await other.commands.get('do')?.getArgumentCompletions?.('x')).toBeNull();
});

test("a shortcut runs, shows an error when it fails, and can't leave the session", async () => {
  let answer: CommandResponse = { which: 'done' };
  const asked: string[] = [];
  const { offer, shortcuts, context, told } = register({
    executeShortcut: ({ callId, key }) => {
      asked.push(`${callId} ${key}`);
      return Promise.resolve(answer);
    },
  });
  offer({ shortcuts: [{ key: 'ctrl+g', description: 'goes' }] });
  await shortcuts.get('ctrl+g')?.(context);
  answer = { which: 'error', error: { code: 'denied', message: 'no', retryable: false } };
  await shortcuts.get('ctrl+g')?.(context);
  answer = { which: 'control', control: { which: 'reload' } };
  await shortcuts.get('ctrl+g')?.(context);
  expect(asked).toEqual(['ctrl+g-1 ctrl+g', 'ctrl+g-2 ctrl+g', 'ctrl+g-3 ctrl+g']);
  expect(told.map((one) => one.with)).toEqual([
    ['no', 'error'],
    ["ctrl+g: a shortcut can't leave the session; use a command.", 'error'],
  ]);
});
