/** Blocked tools, the bridge's own tools, and dialogs that end with a run. */
import { toContractError } from '../../../../schema/capnp/contract-error';
import { type UiAction } from '../../../../schema/generated/pi-api';
import { text, pixel, type TrialStage } from './trial-stage';

export function trialTools(stage: TrialStage): void {
  const { coverage, model, ask, run, dialog, toolResults, lastToolResult, until } = stage;

  test("blocks a tool with a reason, changes a tool's input, and changes its result", async () => {
    const bash = { calls: [{ name: 'bash', input: { command: 'echo one' } }] };
    stage.bridge.answerOnce('toolCall', { which: 'blockTool', blockTool: { reason: 'not today', terminate: false } });
    await run('block', bash, { text: 'blocked' });
    expect(lastToolResult()).toContain('not today');
    stage.bridge.answerOnce('toolCall', {
      which: 'patchToolInput',
      patchToolInput: { inputJson: '{"command":"echo two"}' },
    });
    await run('patch', bash, { text: 'patched' });
    expect(lastToolResult()).toContain('two');
    stage.bridge.answerOnce('toolResult', {
      which: 'patchToolResult',
      patchToolResult: { content: [text('three')], isError: true, detailsJson: '{"d":1}' },
    });
    await run('change', bash, { text: 'changed' });
    expect(lastToolResult()).toContain('three');
    const requests = model.asked.length;
    stage.bridge.answerOnce('toolCall', { which: 'blockTool', blockTool: { reason: 'stop', terminate: true } });
    await run('stop', bash);
    expect(model.asked).toHaveLength(requests + 1);
  });

  test("the bridge's own tools: result, progress, another tool, errors, and the end of a run", async () => {
    stage.bridge.tools.set('good', async ({ callId }, _call, to) => {
      await to.toolUpdate({ callId, content: [text('half')], detailsJson: '{"part":1}' });
      return {
        content: [
          text('whole'),
          { which: 'image', image: { mimeType: 'image/png', data: Buffer.from(pixel, 'base64') } },
        ],
        ...{ detailsJson: '{"all":1}', structuredContentJson: '{"s":1}' },
      };
    });
    const from = stage.pi.records.length;
    await run('good', { calls: [{ name: 'good', input: {} }] }, { text: 'fine' });
    expect(lastToolResult()).toContain('whole');
    const update = await stage.pi.waitFor(({ type }) => type === 'tool_execution_update', from);
    expect(update).toMatchObject({
      toolName: 'good',
      partialResult: { content: [{ text: 'half' }], details: { part: 1 } },
    });
    const end = await stage.pi.waitFor(({ type }) => type === 'tool_execution_end', from);
    expect(end).toMatchObject({
      result: { content: [{ text: 'whole' }, { type: 'image' }], details: { all: 1 }, structuredContent: { s: 1 } },
    });
    const seen = ['result', 'details', 'structured content', 'progress', 'image'];
    for (const name of seen) coverage.count('feature', `tool: ${name}`);

    stage.bridge.tools.set('nesting', async ({ callId }, _call, to) => {
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
    expect(stage.bridge.eventsOf('toolCall').some(({ toolCall }) => toolCall.parentToolCallId !== undefined)).toBe(
      true,
    );
    coverage.count('feature', 'tool: runs another');

    stage.bridge.tools.set('bad', async () => ({ content: [text('as bad as it gets')], isError: true }));
    await run('bad', { calls: [{ name: 'bad', input: {} }] }, { text: 'oh' });
    expect(lastToolResult()).toContain('as bad as it gets');
    coverage.count('feature', 'tool: error');
    stage.bridge.tools.set('bad', () => Promise.reject(new TypeError('x is not a function')));
    await run('worse', { calls: [{ name: 'bad', input: {} }] }, { text: 'oh' });
    expect(lastToolResult()).toContain('bad failed: x is not a function');
    coverage.count('feature', 'tool: thrown error');
    const requests = model.asked.length;
    stage.bridge.tools.set('bad', async () => ({ content: [text('enough')], terminate: true }));
    await run('end', { calls: [{ name: 'bad', input: {} }] });
    expect(model.asked).toHaveLength(requests + 1);
    coverage.count('feature', 'tool: terminate');
  });

  test('tells a tool when the run is stopped, and still uses its answer', async () => {
    stage.bridge.tools.set('slow', async ({ callId }) => {
      await until(() => stage.bridge.cancelled.includes(callId));
      return { content: [text('stopped halfway')] };
    });
    const from = stage.pi.records.length;
    model.replies.push({ calls: [{ name: 'slow', input: {} }] });
    stage.pi.send({ type: 'prompt', message: 'slow' });
    await until(() => stage.bridge.called.includes('slow'));
    await ask({ type: 'abort' });
    expect(stage.bridge.cancelled).toHaveLength(1);
    const end = await stage.pi.waitFor(({ type }) => type === 'tool_execution_end', from);
    expect(JSON.stringify(end)).toContain('stopped halfway');
    coverage.count('feature', 'tool: cancel');
  });

  test('killed during a tool call: the model is told, the next call works, pi lives', async () => {
    stage.bridge.tools.set('slow', async () => {
      process.kill(stage.bridge.pid, 'SIGKILL');
      return new Promise(() => undefined);
    });
    const { starts } = stage.bridge;
    const from = stage.pi.records.length;
    await run(
      'die',
      { calls: [{ name: 'slow', input: {} }] },
      { calls: [{ name: 'good', input: {} }] },
      { text: 'well' },
    );
    expect(toolResults().at(-2)).toContain('The extension stopped while slow was running, and is restarting');
    expect(lastToolResult()).toContain('whole');
    expect(stage.bridge.starts).toBe(starts + 1);
    const statuses = stage.pi.records.slice(from).filter((record) => record['method'] === 'setStatus');
    expect(statuses.map((record) => record['statusText'])).toEqual([expect.stringMatching(/is restarting/), undefined]);
    expect((await ask({ type: 'get_state' }))['success']).toBe(true);
  });

  test('a dialog that is open when the run is stopped ends with it', async () => {
    const replies: string[] = [];
    stage.bridge.tools.set('asking', async ({ callId }, _call, to) => {
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
      const from = stage.pi.records.length;
      model.replies.push({ calls: [{ name: 'asking', input: {} }] });
      stage.pi.send({ type: 'prompt', message: 'ask' });
      const confirm = await dialog('confirm', from);
      if (answered === 1) {
        stage.pi.send({ type: 'extension_ui_response', id: confirm['id'], confirmed: true });
        await dialog('editor', from);
      }
      expect((await ask({ type: 'abort' }))['success']).toBe(true);
      await stage.pi.waitFor(({ type }) => type === 'agent_settled', from);
    }
    expect(replies).toEqual(['cancelled', 'cancelled', 'confirmed', 'cancelled']);
  });
}
