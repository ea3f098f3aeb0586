/** Sessions and commands, and the end of pi. */
import { withDefaults } from '../../../../schema/capnp/with-defaults';
import { type SessionControl } from '../../../../schema/generated/pi-api';
import { entriesQueryCodec } from '../../../../schema/generated/pi-api-codec';
import { text, type TrialStage } from './trial-stage';

export function trialSessions(stage: TrialStage): void {
  const { coverage, host, ask, run, dialog, lastToolResult, until } = stage;

  test('compacts, forks and switches a session only when the bridge allows it', async () => {
    const cancel = { which: 'cancel' as const, cancel: { reason: 'stay here', skipConversationRestore: false } };
    stage.bridge.answerOnce('sessionBeforeCompact', cancel);
    expect((await ask({ type: 'compact' }))['success']).toBe(false);
    await until(() => stage.bridge.eventsOf('sessionCompactFailed').length > 0);
    const { data } = (await ask({ type: 'get_fork_messages' })) as unknown as {
      data: { messages: { entryId: string }[] };
    };
    const { entryId } = data.messages[1]!;
    stage.bridge.answer('sessionBeforeCompact', ({ sessionBeforeCompact: { firstKeptEntryId, tokensBefore } }) => ({
      which: 'compaction',
      compaction: { summary: 'all in short', firstKeptEntryId, tokensBefore },
    }));
    const from = stage.pi.records.length;
    await host().compact({ customInstructions: 'short' });
    await stage.pi.waitFor(({ type }) => type === 'compaction_end', from);
    await until(() => stage.bridge.eventsOf('sessionCompact').length > 0);
    expect(stage.bridge.eventsOf('sessionCompact')[0]?.sessionCompact).toMatchObject({
      summary: 'all in short',
      fromExtension: true,
    });
    stage.bridge.answerOnce('sessionBeforeFork', cancel);
    expect((await ask({ type: 'fork', entryId }))['data']).toMatchObject({ cancelled: true });
    stage.bridge.answerOnce('sessionBeforeSwitch', cancel);
    expect((await ask({ type: 'new_session' }))['data']).toEqual({ cancelled: true });
    const notices = stage.pi.records.filter((record) => record['message'] === 'stay here');
    expect(notices).toHaveLength(3);
  });

  test('a command answers, fails, and moves within the session', async () => {
    const words: string[] = [];
    stage.bridge.commands.set('do', async (_host, said) => void words.push(said));
    await ask({ type: 'prompt', message: '/do this and that' });
    expect(words).toEqual(['this and that']);
    coverage.count('feature', 'command: done');
    const error = { code: 'denied' as const, message: 'not allowed', retryable: false };
    stage.bridge.commands.set('do', async () => ({ which: 'error', error }));
    let from = stage.pi.records.length;
    await ask({ type: 'prompt', message: '/do' });
    expect(await dialog('notify', from)).toMatchObject({ message: 'not allowed', notifyType: 'error' });
    coverage.count('feature', 'command: error');
    const { entries } = await host().getEntries(withDefaults(entriesQueryCodec, { types: ['message'] }));
    const targetId = entries[1]!.id;
    stage.bridge.answerOnce('sessionBeforeTree', {
      which: 'tree',
      tree: { summary: { summary: 'left behind', detailsJson: '1' }, label: 'branch' },
    });
    const file = (await host().getSessionInfo({ withSystemPrompt: false })).sessionFile!;
    const go = async (what: SessionControl): Promise<void> => {
      const { infos } = stage.bridge;
      const before = infos.length;
      stage.bridge.commands.set('leave', async () => ({ which: 'control', control: what }));
      from = stage.pi.records.length;
      await ask({ type: 'prompt', message: '/leave' });
      if (what.which !== 'navigateTree') await until(() => infos.length > before);
      coverage.count('feature', `command: ${what.which}`);
    };
    await go({ which: 'navigateTree', navigateTree: { targetId, summarize: true, replaceInstructions: false } });
    await until(() => stage.bridge.eventsOf('sessionTree').length > 0);
    expect(stage.bridge.eventsOf('sessionTree')[0]?.sessionTree).toMatchObject({ fromExtension: true });
    await go({ which: 'newSession', newSession: {} });
    await go({ which: 'switchSession', switchSession: { sessionPath: file } });
    await go({ which: 'fork', fork: { entryId: targetId, position: 'at' } });
    await go({ which: 'reload' });
    await until(() => stage.bridge.eventsOf('sessionStart').length >= 5);
    const reasons = stage.bridge.eventsOf('sessionStart').map(({ sessionStart: { reason } }) => reason);
    expect(reasons).toEqual(['startup', 'new', 'resume', 'fork', 'reload']);
    expect(stage.bridge.shutdowns).toEqual(['new', 'resume', 'fork', 'reload']);
    expect(stage.bridge.eventsOf('sessionShutdown')).toHaveLength(4);
    expect(stage.pi.stderr).not.toContain('UNHANDLED');
    await run('still there?', { calls: [{ name: 'good', input: {} }] }, { text: 'yes' });
    expect(lastToolResult()).toContain('whole');
  });

  test('the bridge stops the run, and pi', async () => {
    stage.bridge.tools.set('slow', async (_request, _call, to) => {
      await to.abort({});
      return { content: [text('aborted')] };
    });
    const from = stage.pi.records.length;
    await run('abort', { calls: [{ name: 'slow', input: {} }] });
    expect(stage.pi.records.slice(from).find(({ type }) => type === 'agent_settled')).toMatchObject({ aborted: true });
    expect(stage.pi.records.filter(({ type }) => type === 'extension_error')).toEqual([]);
    await host().quit({});
    await stage.pi.stop();
    expect(stage.bridge.shutdowns.at(-1)).toBe('quit');
    expect(stage.pi.stderr).toContain('a line for developers');
    expect(stage.pi.stderr).not.toContain('UNHANDLED');
  });
}
