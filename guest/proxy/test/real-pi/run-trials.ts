/** Runs: what the bridge sees of them and may change. */
import { withDefaults } from '../../../../schema/capnp/with-defaults';
import { hostCapabilities } from '../../../../schema/generated/pi-api';
import { customMessageCodec, entriesQueryCodec } from '../../../../schema/generated/pi-api-codec';
import { text, type TrialStage } from './trial-stage';

export function trialRuns(stage: TrialStage): void {
  const { coverage, model, host, run, lastToolResult, until } = stage;

  test('begins: reports capabilities, flags and resources, and an untrusted project stays untrusted', async () => {
    await until(() => stage.bridge.eventsOf('sessionStart').length > 0);
    expect(stage.bridge.eventsOf('sessionStart')[0]?.sessionStart.reason).toBe('startup');
    const [info] = stage.bridge.infos;
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
    const notices = stage.pi.records
      .filter((record) => record['method'] === 'notify')
      .map((record) => record['message']);
    expect(notices).toEqual([expect.stringContaining("the tool read isn't available: that name is already taken")]);
    coverage.count('feature', 'tool: name that exists is refused');
  });

  test('a run: sees and may change what goes to the model and what it answers', async () => {
    const message = withDefaults(customMessageCodec, { customType: 'hint', content: [text('a hint')], display: true });
    stage.bridge.answerOnce('beforeAgentStart', {
      which: 'beforeAgentStart',
      beforeAgentStart: { message, appendToSystemPrompt: 'Be brief.' },
    });
    stage.bridge.answerOnce('context', {
      which: 'contextMessages',
      contextMessages: {
        messages: [{ role: 'user', json: JSON.stringify({ role: 'user', content: 'instead', timestamp: 1 }) }],
      },
    });
    stage.bridge.answer('beforeProviderHeaders', () => ({
      which: 'headers',
      headers: {
        headers: [
          { name: 'x-trial', value: 'yes' },
          { name: 'authorization', value: 'stolen' },
        ],
      },
    }));
    stage.bridge.answer('beforeProviderRequest', ({ beforeProviderRequest: { payloadJson } }) => ({
      which: 'providerRequest',
      providerRequest: { payloadJson: JSON.stringify({ ...(JSON.parse(payloadJson) as object), x_trial: 1 }) },
    }));
    stage.bridge.answer('messageEnd', ({ messageEnd: { message: ended } }) => {
      const whole = JSON.parse(ended.json) as { role: string; content: { type: string; text: string }[] };
      if (whole.role !== 'assistant') return undefined;
      const content = whole.content.map((block) => ({ ...block, text: block.text.replace('secret', '***') }));
      return {
        which: 'messageEnd',
        messageEnd: { message: { role: 'assistant', json: JSON.stringify({ ...whole, content }) } },
      };
    });
    const more = withDefaults(customMessageCodec, { customType: 'more', content: [text('go on')], display: true });
    stage.bridge.answerOnce('turnEnd', {
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
    stage.bridge.answer('messageEnd', () => undefined);
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
    expect(stage.bridge.eventsOf('beforeProviderHeaders')[0]?.beforeProviderHeaders.headers).toEqual(
      expect.arrayContaining([
        { name: 'x-api-key', value: '' },
        { name: 'x-plain', value: 'seen' },
      ]),
    );
    const deltas = stage.bridge.eventsOf('messageUpdate').map(({ messageUpdate }) => messageUpdate.delta);
    expect(deltas.join('')).toBe('a secret wordand more');
    await until(() => stage.bridge.eventsOf('agentSettled').length > 0);
    const seqs = stage.bridge.events.map(({ header }) => header.seq);
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
  });

  test('may decide whether the cache is kept warm', async () => {
    // pi decides a second before the cache expires, while this tool runs.
    stage.bridge.tools.set('good', async () => {
      await until(() => stage.bridge.eventsOf('cacheWarmingDecision').length > 0);
      return { content: [text('warm')] };
    });
    await run('keep it warm', { calls: [{ name: 'good', input: {} }] });
    expect(lastToolResult()).toContain('warm');
  });

  test('a failed answer changes nothing, except that it closes a gate', async () => {
    const error = { code: 'internalError' as const, message: 'broken', retryable: false };
    stage.bridge.answerOnce('context', { which: 'error', error });
    stage.bridge.answerOnce('toolCall', { which: 'error', error });
    await run('list', { calls: [{ name: 'bash', input: { command: 'echo ran' } }] }, { text: 'well' });
    expect(lastToolResult()).toContain("The guard didn't answer, so this was not done: broken");
  });
}
