/** The proxy inside the real pi, with a scripted model and a scripted bridge: each arm of the contract at least once. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { findRealPi, RealPi, type PiRecord } from '../../gateway/test/real-pi';
import { toContractError } from '../../schema/capnp/contract-error';
import { withDefaults } from '../../schema/capnp/with-defaults';
import {
  eventKinds,
  hostCapabilities,
  type ContentBlock,
  type ExtensionManifest,
  type PiHost,
  type SessionControl,
  type ShellRequest,
  type ToolDefinition,
  type UiAction,
} from '../../schema/generated/pi-api';
import {
  customMessageCodec,
  entriesQueryCodec,
  extensionManifestCodec,
  shellRequestCodec,
  toolDefinitionCodec,
} from '../../schema/generated/pi-api-codec';
import { Coverage } from './test/coverage';
import { TrialBridge } from './test/trial-bridge';
import { TrialModel, type Reply } from './test/trial-model';

const found = findRealPi();
if ('missing' in found) console.log(`The proxy is not tried with the real pi: ${found.missing}.`);
const describeWithPi = 'missing' in found ? describe.skip : describe;

const text = (value: string): ContentBlock => ({ which: 'text', text: value });
const tool = (name: string, more: Partial<ToolDefinition> = {}): ToolDefinition =>
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

describeWithPi('the proxy in the real pi', () => {
  jest.setTimeout(60_000);
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

  /** Sends a command of RPC mode and waits for its answer. */
  async function ask(command: object): Promise<PiRecord> {
    const id = `a${(asked += 1)}`;
    const from = pi.records.length;
    pi.send({ id, ...command });
    return pi.waitFor((record) => record.type === 'response' && record['id'] === id, from);
  }

  /** Prompts with replies of the model, and waits until the run has settled. */
  async function run(message: string, ...replies: readonly Reply[]): Promise<void> {
    model.replies.push(...replies);
    await pi.run(message);
  }

  const dialog = (method: string, from: number): Promise<PiRecord> =>
    pi.waitFor((record) => record.type === 'extension_ui_request' && record['method'] === method, from);

  const show = (action: UiAction) => host().uiAction(action);

  /** What the model was told of the tool call, in the next request. */
  const toolResults = (): string[] =>
    (model.asked.at(-1)?.body.messages ?? [])
      .filter(({ role }) => role === 'tool')
      .map(({ content }) => JSON.stringify(content));
  const lastToolResult = (): string => toolResults().at(-1) ?? '';
  const until = (fits: () => boolean): Promise<void> => bridge.until(fits);

  test('begins: what works is said, flags and resources are there, an untrusted project stays so', async () => {
    await until(() => bridge.eventsOf('sessionStart').length > 0);
    expect(bridge.eventsOf('sessionStart')[0]?.sessionStart.reason).toBe('startup');
    const [info] = bridge.infos;
    expect(info).toMatchObject({
      harness: 'pi',
      harnessVersion: '1.5.2',
      mode: 'rpc',
      hasUi: true,
      protocolVersion: 1,
    });
    const not = ['editorText', 'terminalUi', 'shortcuts', 'registerMcpServer'];
    expect(hostCapabilities.map(({ name }) => name).filter((name) => !info?.capabilities.includes(name))).toEqual(not);
    expect(await host().getFlag({ name: 'greeting' })).toEqual({ which: 'string', string: 'hello' });
    expect(await host().getFlag({ name: 'quietly' })).toEqual({ which: 'boolean', boolean: true });
    expect(await host().getFlag({ name: 'other' })).toEqual({ which: 'absent' });
    coverage.count('feature', 'flag');
    const { commands } = await host().getCommands({});
    expect(commands.map(({ name, source }) => [name, source])).toEqual(
      expect.arrayContaining([
        ['do', 'extension'],
        ['skill:trial-skill', 'skill'],
      ]),
    );
    expect(await host().getSessionInfo({ withSystemPrompt: true })).toMatchObject({
      ...{ isIdle: true, hasPendingMessages: false, isProjectTrusted: false, thinkingLevel: 'off' },
      ...{
        model: { provider: 'scripted', id: 'scripted' },
        systemPrompt: expect.stringContaining('be good') as string,
      },
    });
    const notices = pi.records.filter((record) => record['method'] === 'notify').map((record) => record['message']);
    expect(notices).toEqual([expect.stringContaining('the tool read is not available: that name is already taken')]);
    coverage.count('feature', 'tool: name that exists is refused');
  });

  test('a run: what goes to the model and what it says passes by, and may be changed', async () => {
    const message = withDefaults(customMessageCodec, { customType: 'hint', content: [text('a hint')], display: true });
    bridge.answerOnce('beforeAgentStart', {
      which: 'beforeAgentStart',
      beforeAgentStart: { message, appendToSystemPrompt: 'Be brief.' },
    });
    bridge.answerOnce('context', {
      which: 'contextMessages',
      contextMessages: {
        messages: [{ role: 'user', json: JSON.stringify({ role: 'user', content: 'instead', timestamp: 1 }) }],
      },
    });
    bridge.answer('beforeProviderHeaders', () => ({
      which: 'headers',
      headers: {
        headers: [
          { name: 'x-trial', value: 'yes' },
          { name: 'authorization', value: 'stolen' },
        ],
      },
    }));
    bridge.answer('beforeProviderRequest', ({ beforeProviderRequest: { payloadJson } }) => ({
      which: 'providerRequest',
      providerRequest: { payloadJson: JSON.stringify({ ...(JSON.parse(payloadJson) as object), x_trial: 1 }) },
    }));
    bridge.answer('messageEnd', ({ messageEnd: { message: ended } }) => {
      const whole = JSON.parse(ended.json) as { role: string; content: { type: string; text: string }[] };
      if (whole.role !== 'assistant') return undefined;
      const content = whole.content.map((block) => ({ ...block, text: block.text.replace('secret', '***') }));
      return {
        which: 'messageEnd',
        messageEnd: { message: { role: 'assistant', json: JSON.stringify({ ...whole, content }) } },
      };
    });
    const more = withDefaults(customMessageCodec, { customType: 'more', content: [text('go on')], display: true });
    bridge.answerOnce('turnEnd', {
      which: 'boundary',
      boundary: {
        entries: [
          { which: 'custom', custom: { customType: 'kept', dataJson: '{"n":1}' } },
          { which: 'customMessage', customMessage: more },
        ],
        continues: true,
      },
    });
    await run('hello', { text: 'a secret word' }, { text: 'and more' });
    bridge.answer('messageEnd', () => undefined);
    const [first] = model.asked;
    expect(first?.headers).toMatchObject({ 'x-trial': 'yes', authorization: 'Bearer key', 'x-api-key': 'other key' });
    expect(first?.body.x_trial).toBe(1);
    expect(JSON.stringify(first?.body)).toContain('Be brief.');
    expect(JSON.stringify(first?.body)).toContain('instead');
    expect(model.asked).toHaveLength(2);
    expect(model.lastRequest()).toContain('a hint');
    expect(model.lastRequest()).toContain('a *** word');
    const { entries } = await host().getEntries(withDefaults(entriesQueryCodec, { types: ['custom'] }));
    expect(entries.map(({ json }) => JSON.parse(json) as object)).toMatchObject([
      { customType: 'kept', data: { n: 1 } },
    ]);
    expect(bridge.eventsOf('beforeProviderHeaders')[0]?.beforeProviderHeaders.headers).toEqual(
      expect.arrayContaining([
        { name: 'x-api-key', value: '' },
        { name: 'x-plain', value: 'seen' },
      ]),
    );
    const deltas = bridge.eventsOf('messageUpdate').map(({ messageUpdate }) => messageUpdate.delta);
    expect(deltas.join('')).toBe('a secret wordand more');
    await until(() => bridge.eventsOf('agentSettled').length > 0);
    const seqs = bridge.events.map(({ header }) => header.seq);
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
  });

  test('whether the cache is kept warm may be decided', async () => {
    // pi decides a second before the cache ends, while this tool runs.
    bridge.tools.set('good', async () => {
      await until(() => bridge.eventsOf('cacheWarmingDecision').length > 0);
      return { content: [text('warm')] };
    });
    await run('keep it warm', { calls: [{ name: 'good', input: {} }] });
    expect(lastToolResult()).toContain('warm');
  });

  test('a failed answer changes nothing, but closes a gate', async () => {
    const error = { code: 'internalError' as const, message: 'broken', retryable: false };
    bridge.answerOnce('context', { which: 'error', error });
    bridge.answerOnce('toolCall', { which: 'error', error });
    await run('list', { calls: [{ name: 'bash', input: { command: 'echo ran' } }] }, { text: 'well' });
    expect(lastToolResult()).toContain("The guard didn't answer, so this was not done: broken");
  });

  test('a tool is blocked with a reason, its input patched, its result changed', async () => {
    const bash = { calls: [{ name: 'bash', input: { command: 'echo one' } }] };
    bridge.answerOnce('toolCall', { which: 'blockTool', blockTool: { reason: 'not today', terminate: false } });
    await run('block', bash, { text: 'blocked' });
    expect(lastToolResult()).toContain('not today');
    bridge.answerOnce('toolCall', { which: 'patchToolInput', patchToolInput: { inputJson: '{"command":"echo two"}' } });
    await run('patch', bash, { text: 'patched' });
    expect(lastToolResult()).toContain('two');
    bridge.answerOnce('toolResult', {
      which: 'patchToolResult',
      patchToolResult: { content: [text('three')], isError: true, detailsJson: '{"d":1}' },
    });
    await run('change', bash, { text: 'changed' });
    expect(lastToolResult()).toContain('three');
    const requests = model.asked.length;
    bridge.answerOnce('toolCall', { which: 'blockTool', blockTool: { reason: 'stop', terminate: true } });
    await run('stop', bash);
    expect(model.asked).toHaveLength(requests + 1);
  });

  test("the bridge's own tools: result, progress, another tool, errors, and the end of a run", async () => {
    bridge.tools.set('good', async ({ callId }, _call, to) => {
      await to.toolUpdate({ callId, content: [text('half')], detailsJson: '{"part":1}' });
      return {
        content: [
          text('whole'),
          { which: 'image', image: { mimeType: 'image/png', data: Buffer.from(pixel, 'base64') } },
        ],
        ...{ detailsJson: '{"all":1}', structuredContentJson: '{"s":1}' },
      };
    });
    const from = pi.records.length;
    await run('good', { calls: [{ name: 'good', input: {} }] }, { text: 'fine' });
    expect(lastToolResult()).toContain('whole');
    const update = await pi.waitFor(({ type }) => type === 'tool_execution_update', from);
    expect(update).toMatchObject({
      toolName: 'good',
      partialResult: { content: [{ text: 'half' }], details: { part: 1 } },
    });
    const end = await pi.waitFor(({ type }) => type === 'tool_execution_end', from);
    expect(end).toMatchObject({
      result: { content: [{ text: 'whole' }, { type: 'image' }], details: { all: 1 }, structuredContent: { s: 1 } },
    });
    const seen = ['result', 'details', 'structured content', 'progress', 'image'];
    for (const name of seen) coverage.count('feature', `tool: ${name}`);

    bridge.tools.set('nesting', async ({ callId }, _call, to) => {
      const { content, isError } = await to.runTool({
        callId,
        toolName: 'bash',
        inputJson: '{"command":"echo inner"}',
      });
      const refused = await to
        .runTool({ callId, toolName: 'write', inputJson: '{}' })
        .then(() => 'allowed')
        .catch((error: unknown) => toContractError(error).code);
      return { content: [...content, text(`${isError} ${refused}`)] };
    });
    await run('nest', { calls: [{ name: 'nesting', input: {} }] }, { text: 'fine' });
    expect(lastToolResult()).toMatch(/inner.*false denied/);
    expect(bridge.eventsOf('toolCall').some(({ toolCall }) => toolCall.parentToolCallId !== undefined)).toBe(true);
    coverage.count('feature', 'tool: runs another');

    bridge.tools.set('bad', async () => ({ content: [text('as bad as it gets')], isError: true }));
    await run('bad', { calls: [{ name: 'bad', input: {} }] }, { text: 'oh' });
    expect(lastToolResult()).toContain('as bad as it gets');
    coverage.count('feature', 'tool: error');
    bridge.tools.set('bad', () => Promise.reject(new TypeError('x is not a function')));
    await run('worse', { calls: [{ name: 'bad', input: {} }] }, { text: 'oh' });
    expect(lastToolResult()).toContain('bad failed: x is not a function');
    coverage.count('feature', 'tool: thrown error');
    const requests = model.asked.length;
    bridge.tools.set('bad', async () => ({ content: [text('enough')], terminate: true }));
    await run('end', { calls: [{ name: 'bad', input: {} }] });
    expect(model.asked).toHaveLength(requests + 1);
    coverage.count('feature', 'tool: terminate');
  });

  test('a tool is told when the run is stopped, and its answer still counts', async () => {
    bridge.tools.set('slow', async ({ callId }) => {
      await until(() => bridge.cancelled.includes(callId));
      return { content: [text('stopped halfway')] };
    });
    const from = pi.records.length;
    model.replies.push({ calls: [{ name: 'slow', input: {} }] });
    pi.send({ type: 'prompt', message: 'slow' });
    await until(() => bridge.called.includes('slow'));
    await ask({ type: 'abort' });
    expect(bridge.cancelled).toHaveLength(1);
    const end = await pi.waitFor(({ type }) => type === 'tool_execution_end', from);
    expect(JSON.stringify(end)).toContain('stopped halfway');
    coverage.count('feature', 'tool: cancel');
  });

  test('killed in the middle of a tool: the model is told, the next call works, pi lives', async () => {
    bridge.tools.set('slow', async () => {
      process.kill(bridge.pid, 'SIGKILL');
      return new Promise(() => undefined);
    });
    const { starts } = bridge;
    const from = pi.records.length;
    await run(
      'die',
      { calls: [{ name: 'slow', input: {} }] },
      { calls: [{ name: 'good', input: {} }] },
      { text: 'well' },
    );
    expect(toolResults().at(-2)).toContain('The extension stopped while slow was running, and is restarting');
    expect(lastToolResult()).toContain('whole');
    expect(bridge.starts).toBe(starts + 1);
    const statuses = pi.records.slice(from).filter((record) => record['method'] === 'setStatus');
    expect(statuses.map((record) => record['statusText'])).toEqual([expect.stringMatching(/is restarting/), undefined]);
    expect((await ask({ type: 'get_state' }))['success']).toBe(true);
  });

  test('a dialog that is open when the run is stopped ends with it', async () => {
    const replies: string[] = [];
    bridge.tools.set('asking', async ({ callId }, _call, to) => {
      for (const which of ['confirm', 'editor'] as const) {
        const action: UiAction =
          which === 'confirm'
            ? { which, callId, confirm: { title: 'Sure?', message: 'm' } }
            : { which, callId, editor: { title: 'Edit' } };
        replies.push((await to.uiAction(action)).which);
      }
      return { content: [text('asked')] };
    });
    for (const answered of [0, 1]) {
      const from = pi.records.length;
      model.replies.push({ calls: [{ name: 'asking', input: {} }] });
      pi.send({ type: 'prompt', message: 'ask' });
      const confirm = await dialog('confirm', from);
      if (answered === 1) {
        pi.send({ type: 'extension_ui_response', id: confirm['id'], confirmed: true });
        await dialog('editor', from);
      }
      expect((await ask({ type: 'abort' }))['success']).toBe(true);
      await pi.waitFor(({ type }) => type === 'agent_settled', from);
    }
    expect(replies).toEqual(['cancelled', 'cancelled', 'confirmed', 'cancelled']);
  });

  test('the person is asked and shown things', async () => {
    const answers: [UiAction, object, object][] = [
      [
        { which: 'select', select: { title: 'S', options: ['a', 'b'] } },
        { value: 'b' },
        { which: 'value', value: 'b' },
      ],
      [
        { which: 'confirm', confirm: { title: 'C', message: 'm' } },
        { confirmed: true },
        { which: 'confirmed', confirmed: true },
      ],
      [{ which: 'input', input: { title: 'I', placeholder: 'p' } }, { value: 'v' }, { which: 'value', value: 'v' }],
      [{ which: 'editor', editor: { title: 'E', prefill: 'p' } }, { cancelled: true }, { which: 'cancelled' }],
    ];
    for (const [action, answer, expected] of answers) {
      const from = pi.records.length;
      const reply = show(action);
      const { id } = await dialog(action.which, from);
      pi.send({ type: 'extension_ui_response', id, ...answer });
      expect(await reply).toEqual(expected);
    }
    const late = await show({ which: 'confirm', timeoutMs: 20, confirm: { title: 'Late', message: 'm' } });
    expect(late).toEqual({ which: 'cancelled' });
    const shown: [UiAction, object][] = [
      [
        { which: 'notify', notify: { message: 'm', level: 'warning' } },
        { message: 'm', notifyType: 'warning' },
      ],
      [
        { which: 'setStatus', setStatus: { key: 'k', text: 't' } },
        { statusKey: 'k', statusText: 't' },
      ],
      [
        { which: 'setWidget', setWidget: { key: 'k', lines: ['1'], placement: 'belowEditor' } },
        { widgetKey: 'k', widgetLines: ['1'], widgetPlacement: 'belowEditor' },
      ],
      [{ which: 'setTitle', setTitle: { title: 'T' } }, { title: 'T' }],
      [{ which: 'setEditorText', setEditorText: { text: 'x' } }, { text: 'x' }],
      [{ which: 'pasteToEditor', pasteToEditor: { text: 'y' } }, { text: 'y' }],
    ];
    for (const [action, expected] of shown) {
      const from = pi.records.length;
      expect(await show(action)).toEqual({ which: 'done' });
      expect(await pi.waitFor(({ type }) => type === 'extension_ui_request', from)).toMatchObject(expected);
    }
    const without: [UiAction, object][] = [
      [{ which: 'getEditorText' }, { which: 'value', value: '' }],
      [{ which: 'setWorkingMessage', setWorkingMessage: { message: 'w' } }, { which: 'done' }],
      [{ which: 'setWorkingVisible', setWorkingVisible: { visible: false } }, { which: 'done' }],
      [{ which: 'setWorkingIndicator', setWorkingIndicator: { frames: ['.'], intervalMs: 9 } }, { which: 'done' }],
      [{ which: 'setHiddenThinkingLabel', setHiddenThinkingLabel: {} }, { which: 'done' }],
      [{ which: 'setToolsExpanded', setToolsExpanded: { expanded: true } }, { which: 'done' }],
      [{ which: 'getToolsExpanded' }, { which: 'expanded', expanded: false }],
      [
        { which: 'setTheme', setTheme: { name: 'dark' } },
        { which: 'failed', failed: expect.stringMatching(/RPC mode/) as string },
      ],
      [{ which: 'getThemes' }, { which: 'themes', themes: [] }],
    ];
    for (const [action, expected] of without) expect(await show(action)).toEqual(expected);
    const act = { kind: 'delete' as const, path: '/w/a', target: undefined, count: 1 };
    const from = pi.records.length;
    const allowed = host().askAct({ toolCallId: 't', sentence: 'delete a?', acts: [act] });
    const { id } = await dialog('input', from);
    pi.send({ type: 'extension_ui_response', id, value: JSON.stringify({ isAllowed: false, reason: 'no' }) });
    expect(await allowed).toMatchObject({ allowed: false, reason: 'no' });
  });

  test('messages, entries, labels and names reach the session', async () => {
    const message = withDefaults(customMessageCodec, { customType: 'note', content: [text('a note')], display: true });
    await host().sendMessage({ message, triggerTurn: false, deliverAs: 'nextTurn' });
    let from = pi.records.length;
    await host().sendUserMessage({
      content: [text('from the bridge')],
      deliverAs: 'byDefault',
      expandPromptTemplates: false,
    });
    await pi.waitFor(({ type }) => type === 'agent_settled', from);
    expect(model.lastRequest()).toMatch(/a note.*from the bridge|from the bridge.*a note/);
    from = pi.records.length;
    await host().sendMessage({ message, triggerTurn: true, deliverAs: 'byDefault' });
    await pi.waitFor(({ type }) => type === 'agent_settled', from);
    expect(bridge.eventsOf('beforeAgentStart').at(-1)?.beforeAgentStart.customMessage).toMatchObject({
      customType: 'note',
    });
    await host().appendEntry({ customType: 'mine', dataJson: '[1]' });
    const all = await host().getEntries(withDefaults(entriesQueryCodec, { limit: 100_000 }));
    expect(JSON.parse(all.entries.at(-1)?.json ?? '')).toMatchObject({ type: 'custom', customType: 'mine', data: [1] });
    const page = await host().getEntries(withDefaults(entriesQueryCodec, { since: all.entries[2]!.id, limit: 2 }));
    expect([page.hasMore, page.entries.map(({ id }) => id)]).toEqual([
      true,
      all.entries.slice(3, 5).map(({ id }) => id),
    ]);
    const unknown = host().getEntries(withDefaults(entriesQueryCodec, { since: 'nowhere' }));
    await expect(unknown).rejects.toMatchObject({ code: 'notFound' });
    await host().setLabel({ entryId: all.entries[2]!.id, label: 'here' });
    await expect(host().setLabel({ entryId: 'nowhere', label: 'x' })).rejects.toMatchObject({ code: 'notFound' });
    await host().setSessionName({ name: 'Trial' });
    expect((await ask({ type: 'get_state' }))['data']).toMatchObject({ sessionName: 'Trial' });
    expect((await host().getContextUsage({})).contextWindow).toBe(128_000);
    await until(() => bridge.eventsOf('sessionInfoChanged').length > 0);
  });

  test('tools, models, settings, providers and servers are seen and set', async () => {
    const { tools } = await host().getTools({});
    expect(tools.find(({ name }) => name === 'bash')).toMatchObject({ source: 'builtin', exposure: 'direct' });
    expect(tools.find(({ name }) => name === 'good')).toMatchObject({
      ...{ promptGuidelines: ['be good'], annotations: { readOnlyHint: true } },
      namespace: { name: 'trial', aliases: ['t'], description: 'tried' },
    });
    const { names } = await host().getActiveTools({});
    await host().setActiveTools({ names: names.filter((name) => name !== 'write') });
    expect((await host().getActiveTools({})).names).not.toContain('write');
    await host().setActiveTools({ names });
    const { models } = await host().getModels({ scopedOnly: false });
    expect(models.map(({ model: { id }, isReasoning }) => [id, isReasoning])).toEqual([
      ['scripted', false],
      ['thinker', true],
    ]);
    expect(await host().getModels({ scopedOnly: true })).toEqual({ models: [] });
    expect(await host().setModel({ provider: 'scripted', id: 'thinker' })).toEqual({ changed: true });
    await expect(host().setModel({ provider: 'scripted', id: 'none' })).rejects.toMatchObject({ code: 'notFound' });
    await host().setThinkingLevel({ level: 'high' });
    await until(() => bridge.eventsOf('thinkingLevelSelect').length > 0);
    expect(bridge.eventsOf('modelSelect').at(-1)?.modelSelect).toMatchObject({
      model: { id: 'thinker' },
      source: 'set',
    });
    await host().setModel({ provider: 'scripted', id: 'scripted' });
    const settings = JSON.parse((await host().getSettings({})).json) as object;
    expect(settings).toMatchObject({ defaultProvider: 'scripted' });
    const config = {
      baseUrl: 'http://127.0.0.1:1',
      apiKey: 'k',
      api: 'openai-completions',
      models: [
        {
          id: 'm',
          name: 'M',
          reasoning: false,
          input: ['text'],
          cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
          contextWindow: 9,
          maxTokens: 9,
        },
      ],
    };
    await host().registerProvider({ name: 'extra', configJson: JSON.stringify(config) });
    expect((await host().getModels({ scopedOnly: false })).models.map(({ model: { provider } }) => provider)).toContain(
      'extra',
    );
    await host().unregisterProvider({ name: 'extra' });
    await host().registerMcpServer({
      name: 'docs',
      configJson: '{"url":"http://127.0.0.1:1/mcp","headers":{"Authorization":"k"}}',
    });
    const { servers } = await host().getMcpServers({});
    expect(servers.map(({ name, configJson }) => [name, configJson.includes('Authorization')])).toEqual([
      ['docs', false],
    ]);
    await expect(host().registerMcpServer({ name: 'x', configJson: '{"url":1}' })).rejects.toMatchObject({
      code: 'invalidInput',
    });
    await host().unregisterMcpServer({ name: 'docs' });
    await until(() => bridge.eventsOf('mcpServersChange').length > 1);
    await host().log({ level: 'info', message: 'a line for developers' });
  });

  test('the shell, within its limits', async () => {
    const shell = (request: Partial<ShellRequest>) => host().execShell(withDefaults(shellRequestCodec, request));
    expect(await shell({ command: 'echo out; echo err >&2; exit 3' })).toEqual({
      ...{ stdout: 'out\n', stderr: 'err\n', exitCode: 3, killed: false, truncated: false },
    });
    expect(await shell({ command: 'echo', args: ['a b', '$HOME'], cwd: '/' })).toMatchObject({ stdout: 'a b $HOME\n' });
    expect(await shell({ command: 'sleep 30', timeoutMs: 50 })).toMatchObject({ killed: true });
    const cut = await shell({ command: 'yes', maximumOutputBytes: 100 });
    expect([cut.stdout.length, cut.truncated]).toEqual([100, true]);
  });

  test('what the person types is changed, taken over, or answered', async () => {
    bridge.answerOnce('input', { which: 'input', input: { which: 'transform', transform: { text: 'changed words' } } });
    await run('first words', { text: 'ok' });
    expect(model.lastRequest()).toContain('changed words');
    bridge.answerOnce('input', { which: 'input', input: { which: 'handled' } });
    expect((await ask({ type: 'prompt', message: 'taken' }))['data']).toEqual({ disposition: 'handled' });
    bridge.answerOnce('userBash', {
      which: 'userBashResult',
      userBashResult: { output: 'from the bridge', exitCode: 0, cancelled: false, truncated: false },
    });
    expect((await ask({ type: 'bash', command: 'ls' }))['data']).toMatchObject({ output: 'from the bridge' });
    bridge.answerOnce('userBash', { which: 'error', error: { code: 'denied', message: 'no', retryable: false } });
    expect((await ask({ type: 'bash', command: 'ls' }))['data']).toMatchObject({ exitCode: 126 });
  });

  test('a session is compacted, forked and switched only where the bridge lets it', async () => {
    const cancel = { which: 'cancel' as const, cancel: { reason: 'stay here', skipConversationRestore: false } };
    bridge.answerOnce('sessionBeforeCompact', cancel);
    expect((await ask({ type: 'compact' }))['success']).toBe(false);
    await until(() => bridge.eventsOf('sessionCompactFailed').length > 0);
    const { data } = (await ask({ type: 'get_fork_messages' })) as unknown as {
      data: { messages: { entryId: string }[] };
    };
    const { entryId } = data.messages[1]!;
    bridge.answer('sessionBeforeCompact', ({ sessionBeforeCompact: { firstKeptEntryId, tokensBefore } }) => ({
      which: 'compaction',
      compaction: { summary: 'all in short', firstKeptEntryId, tokensBefore },
    }));
    const from = pi.records.length;
    await host().compact({ customInstructions: 'short' });
    await pi.waitFor(({ type }) => type === 'compaction_end', from);
    await until(() => bridge.eventsOf('sessionCompact').length > 0);
    expect(bridge.eventsOf('sessionCompact')[0]?.sessionCompact).toMatchObject({
      summary: 'all in short',
      fromExtension: true,
    });
    bridge.answerOnce('sessionBeforeFork', cancel);
    expect((await ask({ type: 'fork', entryId }))['data']).toMatchObject({ cancelled: true });
    bridge.answerOnce('sessionBeforeSwitch', cancel);
    expect((await ask({ type: 'new_session' }))['data']).toEqual({ cancelled: true });
    const notices = pi.records.filter((record) => record['message'] === 'stay here');
    expect(notices).toHaveLength(3);
  });

  test('a command answers, fails, and leads elsewhere in the session', async () => {
    const words: string[] = [];
    bridge.commands.set('do', async (_host, said) => void words.push(said));
    await ask({ type: 'prompt', message: '/do this and that' });
    expect(words).toEqual(['this and that']);
    coverage.count('feature', 'command: done');
    const error = { code: 'denied' as const, message: 'not allowed', retryable: false };
    bridge.commands.set('do', async () => ({ which: 'error', error }));
    let from = pi.records.length;
    await ask({ type: 'prompt', message: '/do' });
    expect(await dialog('notify', from)).toMatchObject({ message: 'not allowed', notifyType: 'error' });
    coverage.count('feature', 'command: error');
    const { entries } = await host().getEntries(withDefaults(entriesQueryCodec, { types: ['message'] }));
    const targetId = entries[1]!.id;
    bridge.answerOnce('sessionBeforeTree', {
      which: 'tree',
      tree: { summary: { summary: 'left behind', detailsJson: '1' }, label: 'branch' },
    });
    const file = (await host().getSessionInfo({ withSystemPrompt: false })).sessionFile!;
    const go = async (what: SessionControl): Promise<void> => {
      const { infos } = bridge;
      const before = infos.length;
      bridge.commands.set('leave', async () => ({ which: 'control', control: what }));
      from = pi.records.length;
      await ask({ type: 'prompt', message: '/leave' });
      if (what.which !== 'navigateTree') await until(() => infos.length > before);
      coverage.count('feature', `command: ${what.which}`);
    };
    await go({ which: 'navigateTree', navigateTree: { targetId, summarize: true, replaceInstructions: false } });
    await until(() => bridge.eventsOf('sessionTree').length > 0);
    expect(bridge.eventsOf('sessionTree')[0]?.sessionTree).toMatchObject({ fromExtension: true });
    await go({ which: 'newSession', newSession: {} });
    await go({ which: 'switchSession', switchSession: { sessionPath: file } });
    await go({ which: 'fork', fork: { entryId: targetId, position: 'at' } });
    await go({ which: 'reload' });
    await until(() => bridge.eventsOf('sessionStart').length >= 5);
    const reasons = bridge.eventsOf('sessionStart').map(({ sessionStart: { reason } }) => reason);
    expect(reasons).toEqual(['startup', 'new', 'resume', 'fork', 'reload']);
    expect(bridge.shutdowns).toEqual(['new', 'resume', 'fork', 'reload']);
    expect(bridge.eventsOf('sessionShutdown')).toHaveLength(4);
    expect(pi.stderr).not.toContain('UNHANDLED');
    await run('still there?', { calls: [{ name: 'good', input: {} }] }, { text: 'yes' });
    expect(lastToolResult()).toContain('whole');
  });

  test('the bridge stops the run, and pi', async () => {
    bridge.tools.set('slow', async (_request, _call, to) => {
      await to.abort({});
      return { content: [text('aborted')] };
    });
    const from = pi.records.length;
    await run('abort', { calls: [{ name: 'slow', input: {} }] });
    expect(pi.records.slice(from).find(({ type }) => type === 'agent_settled')).toMatchObject({ aborted: true });
    expect(pi.records.filter(({ type }) => type === 'extension_error')).toEqual([]);
    await host().quit({});
    await pi.stop();
    expect(bridge.shutdowns.at(-1)).toBe('quit');
    expect(pi.stderr).toContain('a line for developers');
    expect(pi.stderr).not.toContain('UNHANDLED');
  });

  test('every arm was seen, but for those that pi cannot do', () => {
    process.stdout.write(`${coverage.table()}\n`);
    expect(coverage.mistakes()).toEqual({ missing: [], needless: [], undeclared: [] });
  });
});

/** A picture of one point, PNG in base64. */
const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

async function bundleProxy(folder: string, bridge: TrialBridge): Promise<void> {
  await build({
    ...{ entryPoints: [join(__dirname, 'test', 'trial-proxy.ts')], outfile: join(folder, 'proxy.cjs') },
    ...{ bundle: true, platform: 'node', format: 'cjs', logLevel: 'error' },
  });
  copyFileSync(join(__dirname, 'load.mjs'), join(folder, 'proxy.mjs'));
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
