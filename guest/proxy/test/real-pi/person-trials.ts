/** Dialogs with the person, and what is stored in the session. */
import { withDefaults } from '../../../../schema/capnp/with-defaults';
import { type UiAction } from '../../../../schema/generated/pi-api';
import { customMessageCodec, entriesQueryCodec } from '../../../../schema/generated/pi-api-codec';
import { text, type TrialStage } from './trial-stage';

export function trialPerson(stage: TrialStage): void {
  const { model, host, ask, dialog, show, until } = stage;

  test('asks the person and shows them things', async () => {
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
      const from = stage.pi.records.length;
      const reply = show(action);
      const { id } = await dialog(action.which, from);
      stage.pi.send({ type: 'extension_ui_response', id, ...answer });
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
      const from = stage.pi.records.length;
      expect(await show(action)).toEqual({ which: 'done' });
      expect(await stage.pi.waitFor(({ type }) => type === 'extension_ui_request', from)).toMatchObject(expected);
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
    const from = stage.pi.records.length;
    const allowed = host().askAct({ toolCallId: 't', sentence: 'delete a?', acts: [act] });
    const { id } = await dialog('input', from);
    stage.pi.send({ type: 'extension_ui_response', id, value: JSON.stringify({ isAllowed: false, reason: 'no' }) });
    expect(await allowed).toMatchObject({ allowed: false, reason: 'no' });
  });

  test('messages, entries, labels and names reach the session', async () => {
    const message = withDefaults(customMessageCodec, { customType: 'note', content: [text('a note')], display: true });
    await host().sendMessage({ message, triggerTurn: false, deliverAs: 'nextTurn' });
    let from = stage.pi.records.length;
    await host().sendUserMessage({
      content: [text('from the bridge')],
      deliverAs: 'byDefault',
      expandPromptTemplates: false,
    });
    await stage.pi.waitFor(({ type }) => type === 'agent_settled', from);
    expect(model.lastRequest()).toMatch(/a note.*from the bridge|from the bridge.*a note/);
    from = stage.pi.records.length;
    await host().sendMessage({ message, triggerTurn: true, deliverAs: 'byDefault' });
    await stage.pi.waitFor(({ type }) => type === 'agent_settled', from);
    expect(stage.bridge.eventsOf('beforeAgentStart').at(-1)?.beforeAgentStart.customMessage).toMatchObject({
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
    await until(() => stage.bridge.eventsOf('sessionInfoChanged').length > 0);
  });
}
