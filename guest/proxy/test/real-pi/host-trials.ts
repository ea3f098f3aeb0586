/** What the bridge can see and set: tools, models, the shell, typed text. */
import { withDefaults } from '../../../../schema/capnp/with-defaults';
import { type ShellRequest } from '../../../../schema/generated/pi-api';
import { shellRequestCodec } from '../../../../schema/generated/pi-api-codec';
import { type TrialStage } from './trial-stage';

export function trialHost(stage: TrialStage): void {
  const { model, host, ask, run, until } = stage;

  test('sees and sets tools, models, settings, providers and servers', async () => {
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
    await until(() => stage.bridge.eventsOf('thinkingLevelSelect').length > 0);
    expect(stage.bridge.eventsOf('modelSelect').at(-1)?.modelSelect).toMatchObject({
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
    await until(() => stage.bridge.eventsOf('mcpServersChange').length > 1);
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

  test('changes, handles or answers what the person types', async () => {
    stage.bridge.answerOnce('input', {
      which: 'input',
      input: { which: 'transform', transform: { text: 'changed words' } },
    });
    await run('first words', { text: 'ok' });
    expect(model.lastRequest()).toContain('changed words');
    stage.bridge.answerOnce('input', { which: 'input', input: { which: 'handled' } });
    expect((await ask({ type: 'prompt', message: 'taken' }))['data']).toEqual({ disposition: 'handled' });
    stage.bridge.answerOnce('userBash', {
      which: 'userBashResult',
      userBashResult: { output: 'from the bridge', exitCode: 0, cancelled: false, truncated: false },
    });
    expect((await ask({ type: 'bash', command: 'ls' }))['data']).toMatchObject({ output: 'from the bridge' });
    stage.bridge.answerOnce('userBash', { which: 'error', error: { code: 'denied', message: 'no', retryable: false } });
    expect((await ask({ type: 'bash', command: 'ls' }))['data']).toMatchObject({ exitCode: 126 });
  });
}
