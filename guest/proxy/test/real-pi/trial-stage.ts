/** The real pi with our proxy, a scripted model and a scripted bridge, shared by all trials. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { findRealPi, RealPi, type PiRecord } from '../../../../gateway/test/real-pi';
import { withDefaults } from '../../../../schema/capnp/with-defaults';
import {
  eventKinds,
  type ContentBlock,
  type ExtensionManifest,
  type PiHost,
  type ToolDefinition,
  type UiAction,
} from '../../../../schema/generated/pi-api';
import { extensionManifestCodec, toolDefinitionCodec } from '../../../../schema/generated/pi-api-codec';
import { Coverage } from '../coverage';
import { TrialBridge } from '../trial-bridge';
import { TrialModel, type Reply } from '../trial-model';

export const found = findRealPi();

export const text = (value: string): ContentBlock => ({ which: 'text', text: value });
export const tool = (name: string, more: Partial<ToolDefinition> = {}): ToolDefinition =>
  withDefaults(toolDefinitionCodec, {
    ...{ name, label: name, description: `does ${name}`, parametersJson: '{"type":"object","properties":{}}', ...more },
  });

const manifest: ExtensionManifest = withDefaults(extensionManifestCodec, {
  ...{ name: 'trial', version: '1' },
  events: [...eventKinds, { name: 'moon_rise', class: 'notification' } as const].map(({ name, class: kind }) => ({
    ...{ name, class: kind, deadlineMs: 0, toolNames: [] },
  })),
  tools: [
    tool('good', {
      ...{ promptSnippet: 'good things', promptGuidelines: ['be good'], executionMode: 'sequential' },
      outputSchemaJson: '{"type":"object"}',
      annotations: { readOnlyHint: true },
      namespace: { name: 'trial', aliases: ['t'], description: 'tried' },
    }),
    tool('slow'),
    tool('bad'),
    tool('nesting', { reachesTools: ['bash'] }),
    tool('asking'),
    tool('read'),
  ],
  commands: [
    { name: 'do', description: 'does it', completesArguments: true },
    { name: 'leave', completesArguments: false },
  ],
  shortcuts: [{ key: 'ctrl+shift+g', description: 'goes' }],
  flags: [
    { name: 'greeting', which: 'string', string: { byDefault: 'none' } },
    { name: 'quietly', which: 'boolean', boolean: { byDefault: true } },
  ],
});

/** Starts pi before the tests of the enclosing `describe`, and ends it after them. */
export function setTrialStage() {
  const coverage = new Coverage();
  const model = new TrialModel();
  let folder = '';
  let bridge: TrialBridge;
  let pi: RealPi;

  beforeAll(async () => {
    if ('missing' in found) return;
    folder = mkdtempSync(join(tmpdir(), 'piwork-trial-'));
    bridge = new TrialBridge(folder, () => manifest, coverage);
    await bridge.listen();
    await bundleProxy(folder, bridge);
    const work = join(folder, 'work');
    mkdirSync(join(work, '.pi'), { recursive: true });
    writeFileSync(join(work, '.pi', 'settings.json'), '{}');
    mkdirSync(join(folder, 'skills', 'trial-skill'), { recursive: true });
    const skill = '---\nname: trial-skill\ndescription: tries things\n---\nTry.\n';
    writeFileSync(join(folder, 'skills', 'trial-skill', 'SKILL.md'), skill);
    bridge.answer('resourcesDiscover', () => ({
      which: 'resources',
      resources: { skillPaths: [join(folder, 'skills')], promptPaths: [], themePaths: [] },
    }));
    bridge.answer('cacheWarmingDecision', () => ({ which: 'cacheWarming', cacheWarming: { action: 'stop' } }));
    pi = startPi(found, folder, await model.listen());
    await ask({ type: 'get_state' });
  });

  afterAll(async () => {
    if (folder === '') return;
    await pi.stop();
    await model.close();
    await bridge.close();
    rmSync(folder, { recursive: true, force: true });
  });

  beforeEach(() => void (model.replies.length = 0));

  const host = (): PiHost => bridge.host!;
  let asked = 0;

  /** Sends an RPC command and waits for its answer. */
  async function ask(command: object): Promise<PiRecord> {
    const id = `a${(asked += 1)}`;
    const from = pi.records.length;
    pi.send({ id, ...command });
    return pi.waitFor((record) => record.type === 'response' && record['id'] === id, from);
  }

  /** Prompts with the model's replies set in advance, and waits until the run has settled. */
  async function run(message: string, ...replies: readonly Reply[]): Promise<void> {
    model.replies.push(...replies);
    await pi.run(message);
  }

  const dialog = (method: string, from: number): Promise<PiRecord> =>
    pi.waitFor((record) => record.type === 'extension_ui_request' && record['method'] === method, from);

  const show = (action: UiAction) => host().uiAction(action);

  /** What the model read about the tool call, in the next request. */
  const toolResults = (): string[] =>
    (model.asked.at(-1)?.body.messages ?? [])
      .filter(({ role }) => role === 'tool')
      .map(({ content }) => JSON.stringify(content));
  const lastToolResult = (): string => toolResults().at(-1) ?? '';
  const until = (fits: () => boolean): Promise<void> => bridge.until(fits);

  return {
    ...{ coverage, model, host, ask, run, dialog, show, toolResults, lastToolResult, until },
    get folder() {
      return folder;
    },
    get bridge() {
      return bridge;
    },
    get pi() {
      return pi;
    },
  };
}

export type TrialStage = ReturnType<typeof setTrialStage>;

/** A picture of one pixel, PNG in base64. */
export const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

async function bundleProxy(folder: string, bridge: TrialBridge): Promise<void> {
  await build({
    ...{ entryPoints: [join(__dirname, '..', 'trial-proxy.ts')], outfile: join(folder, 'proxy.cjs') },
    ...{ bundle: true, platform: 'node', format: 'cjs', logLevel: 'error' },
  });
  copyFileSync(join(__dirname, '..', '..', 'load.mjs'), join(folder, 'proxy.mjs'));
  const manifestFile = join(folder, 'manifest.json');
  writeFileSync(manifestFile, JSON.stringify(manifest));
  writeFileSync(join(folder, 'trial.json'), JSON.stringify({ command: bridge.command, manifest: manifestFile }));
}

function startPi(place: { node: string; cli: string }, folder: string, port: number): RealPi {
  const base = { contextWindow: 128_000, maxTokens: 4096, input: ['text', 'image'] };
  const cost = { input: 1, output: 1, cacheRead: 0.1, cacheWrite: 1 };
  return new RealPi({
    ...{ ...place, folder, token: 'token', systemPrompt: 'You are tried.', workingFolder: join(folder, 'work') },
    models: {
      providers: {
        scripted: {
          ...{ baseUrl: `http://127.0.0.1:${port}/v1`, api: 'openai-completions', apiKey: 'key' },
          headers: { 'x-api-key': 'other key', 'x-plain': 'seen' },
          models: [
            { id: 'scripted', ...base, cost, promptCache: { short: 11 } },
            { id: 'thinker', ...base, reasoning: true },
          ],
        },
      },
    },
    settings: {
      ...{ defaultProvider: 'scripted', defaultModel: 'scripted', enableInstallTelemetry: false },
      ...{ defaultProjectTrust: 'always', retry: { enabled: false } },
      compaction: { enabled: false, keepRecentTokens: 10 },
    },
    args: ['-e', join(folder, 'proxy.mjs'), '--greeting', 'hello'],
  });
}
