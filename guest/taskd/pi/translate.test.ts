import type { ActQuestion } from '../../../schema/act-questions';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { agentOutput, type AgentOutput } from '../../../schema/agent-output';
import { parsePiRecord, type PiRecord } from '../../../schema/pi-records';
import type { OutgoingEvent } from '../../../schema/rpc';
import { taskdApi, type TaskdApi } from '../../../schema/taskd-api';
import { initialTranslation, translate } from './translate';

type TaskEvent = OutgoingEvent<TaskdApi>;

const corpus = join(__dirname, '..', '..', '..', 'schema', 'corpus', 'pi-1.5.2');
const recordings = readdirSync(corpus).filter((name) => name.endsWith('.jsonl'));

const recorded = (name: string): PiRecord[] =>
  readFileSync(join(corpus, name), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => parsePiRecord(JSON.parse(line)));

function fold(records: readonly PiRecord[]): TaskEvent[] {
  let state = initialTranslation(7);
  return records.flatMap((record) => {
    const [next, events] = translate(state, record);
    state = next;
    return events;
  });
}

const outputs = (events: readonly TaskEvent[]): AgentOutput[] =>
  events.flatMap((event) => (event.event === 'agent_output' ? [agentOutput.parse(event.payload)] : []));

const translated = (...raw: unknown[]): TaskEvent[] => fold(raw.map(parsePiRecord));
const output = (payload: AgentOutput): TaskEvent => ({ event: 'agent_output', payload });

describe.each(recordings)('of the recording %s', (name) => {
  const records = recorded(name);
  const events = fold(records);

  test('the host accepts every event', () => {
    for (const { event, payload } of events) {
      expect(taskdApi.events[event].safeParse(payload)).toMatchObject({ success: true });
    }
  });

  test('the deltas of a message add up to its text', () => {
    const streamed = new Map<string, string>();
    let count = 0;
    for (const out of outputs(events)) {
      if (out.kind === 'message_start') streamed.set(out.messageId, '');
      if (out.kind === 'text_delta') streamed.set(out.messageId, (streamed.get(out.messageId) ?? '') + out.delta);
    }
    for (const record of records) {
      if (record.type !== 'message_end' || !['user', 'assistant', 'custom'].includes(record.message.role)) continue;
      count++;
      const { role, content, stopReason } = record.message;
      if (role !== 'assistant' || !Array.isArray(content) || stopReason === 'error') continue;
      const text = content.map((part) => ('text' in part && part.type === 'text' ? part.text : '')).join('');
      expect(streamed.get(`m7-${count}`)).toBe(text);
    }
    expect(streamed.size).toBe(count);
  });

  test("the deltas of a tool's output add up to what pi sent last", () => {
    const told = new Map<string, string>();
    for (const record of records) {
      if (record.type !== 'tool_execution_update') continue;
      const { content } = record.partialResult;
      told.set(record.toolCallId, Array.isArray(content) ? content.map((part) => part['text']).join('') : '');
    }
    const streamed = new Map<string, string>();
    for (const out of outputs(events)) {
      if (out.kind !== 'tool_output') continue;
      const before = out.isReset ? '' : (streamed.get(out.toolCallId) ?? '');
      streamed.set(out.toolCallId, before + out.delta);
    }
    const texts = (all: ReadonlyMap<string, string>): string[] => [...all.values()].filter((text) => text !== '');
    expect(texts(streamed)).toEqual(texts(told));
  });

  test('a tool call is announced, begun and ended in that order', () => {
    const order = new Map<string, string[]>();
    for (const out of outputs(events)) {
      if (!('toolCallId' in out) || out.kind === 'tool_output') continue;
      order.set(out.toolCallId, [...(order.get(out.toolCallId) ?? []), out.kind]);
    }
    for (const kinds of order.values()) expect(['tool_call', 'tool_start', 'tool_end']).toEqual(kinds);
  });
});

const start = (role: string, more: object = {}) => ({ type: 'message_start', message: { role, ...more } });
const end = (role: string, more: object = {}) => ({ type: 'message_end', message: { role, ...more } });
const update = (assistantMessageEvent: object) => ({ type: 'message_update', assistantMessageEvent });

test('an answer with thinking and a tool call becomes deltas with one id', () => {
  const toolCall = { id: 'c1', name: 'bash', arguments: { command: 'ls' } };
  expect(
    translated(
      start('user'),
      end('user', { content: [{ type: 'text', text: 'List' }] }),
      start('assistant'),
      update({ type: 'start' }),
      update({ type: 'thinking_delta', delta: 'Hm' }),
      update({ type: 'text_delta', delta: 'I ' }),
      update({ type: 'text_delta', delta: 'list' }),
      update({ type: 'toolcall_end', toolCall }),
      end('assistant', { content: [{ type: 'text', text: 'I list' }], stopReason: 'toolUse' }),
      end('toolResult', { content: 'a.txt' }),
      start('assistant'),
    ),
  ).toEqual([
    output({ kind: 'message_start', messageId: 'm7-1', role: 'user' }),
    output({ kind: 'message_end', messageId: 'm7-1', role: 'user', text: 'List' }),
    output({ kind: 'message_start', messageId: 'm7-2', role: 'assistant' }),
    output({ kind: 'thinking_delta', messageId: 'm7-2', delta: 'Hm' }),
    output({ kind: 'text_delta', messageId: 'm7-2', delta: 'I ' }),
    output({ kind: 'text_delta', messageId: 'm7-2', delta: 'list' }),
    output({ kind: 'tool_call', messageId: 'm7-2', toolCallId: 't7-1', toolName: 'bash', args: { command: 'ls' } }),
    output({ kind: 'message_end', messageId: 'm7-2', role: 'assistant', stopReason: 'toolUse' }),
    output({ kind: 'message_start', messageId: 'm7-3', role: 'assistant' }),
  ]);
});

test("shows an extension's message unless it isn't meant for people", () => {
  expect(
    translated(end('custom', { content: 'Note', display: true }), end('custom', { content: 'x', display: false })),
  ).toEqual([output({ kind: 'message_end', messageId: 'm7-0', role: 'custom', text: 'Note' })]);
});

describe('tool output', () => {
  const told = (...texts: string[]) => [
    { type: 'tool_execution_start', toolCallId: 'c1', toolName: 'bash', args: {} },
    ...texts.map((text) => ({
      type: 'tool_execution_update',
      toolCallId: 'c1',
      partialResult: { content: [{ type: 'text', text }] },
    })),
  ];

  test.each<[string, string[], Array<{ delta: string; isReset?: boolean }>]>([
    ['grows', ['a', 'ab', 'abc'], [{ delta: 'a' }, { delta: 'b' }, { delta: 'c' }]],
    ['is told twice', ['a', 'a'], [{ delta: 'a' }]],
    ['is cut by the tool', ['abc', 'bcd', 'bcde'], [{ delta: 'abc' }, { delta: 'bcd', isReset: true }, { delta: 'e' }]],
    ['is cleared', ['abc', ''], [{ delta: 'abc' }, { delta: '', isReset: true }]],
  ])('that %s', (_name, texts, deltas) => {
    expect(translated(...told(...texts)).slice(1)).toEqual(
      deltas.map((delta) => output({ kind: 'tool_output', toolCallId: 't7-1', ...delta })),
    );
  });

  test('keeps only the last 64 KiB of long output', () => {
    const events = translated(...told('x'.repeat(70_000)), {
      type: 'tool_execution_end',
      toolCallId: 'c1',
      toolName: 'bash',
      result: { content: 'y'.repeat(70_000) },
      isError: true,
      durationMs: 12,
    });
    expect(outputs(events).slice(1)).toEqual([
      { kind: 'tool_output', toolCallId: 't7-1', delta: 'x'.repeat(65_536) },
      { kind: 'tool_end', toolCallId: 't7-1', isError: true, output: 'y'.repeat(65_536), durationMs: 12 },
    ]);
  });

  test('starts again for a call that comes again', () => {
    const ended = { type: 'tool_execution_end', toolCallId: 'c1', toolName: 'bash', result: {}, isError: false };
    expect(translated(...told('abc'), ended, ...told('abc')).at(-1)).toEqual(
      output({ kind: 'tool_output', toolCallId: 't7-2', delta: 'abc' }),
    );
  });
});

const ask = { type: 'extension_ui_request', id: 'q1' };
const actQuestion: ActQuestion = { program: 'rm a', acts: [{ kind: 'delete', path: 'a', to: null }] };

test.each<[object, TaskEvent[]]>([
  [
    { ...ask, method: 'confirm', title: 'Sure?', message: 'Deletes 3', timeout: 5_000 },
    [
      {
        event: 'ui_request',
        payload: { id: 'q1', method: 'confirm', title: 'Sure?', message: 'Deletes 3', timeoutMs: 5_000 },
      },
    ],
  ],
  [
    { ...ask, method: 'select', title: 'Which?', options: ['a'] },
    [{ event: 'ui_request', payload: { id: 'q1', method: 'select', title: 'Which?', options: ['a'] } }],
  ],
  [
    { ...ask, method: 'input', title: 'Name?', placeholder: 'report' },
    [{ event: 'ui_request', payload: { id: 'q1', method: 'input', title: 'Name?', placeholder: 'report' } }],
  ],
  [
    { ...ask, method: 'input', title: 'piwork:acts', placeholder: JSON.stringify(actQuestion) },
    [{ event: 'act_question', payload: { id: 'q1', question: actQuestion } }],
  ],
  [
    { ...ask, method: 'editor', prefill: 'Dear' },
    [{ event: 'ui_request', payload: { id: 'q1', method: 'editor', title: '', prefill: 'Dear' } }],
  ],
  [
    { ...ask, method: 'notify', message: 'Saved', notifyType: 'warning' },
    [output({ kind: 'notice', level: 'warning', text: 'Saved' })],
  ],
  [
    { ...ask, method: 'setStatus', statusKey: 'git', statusText: 'main' },
    [output({ kind: 'status', key: 'git', text: 'main' })],
  ],
  [{ ...ask, method: 'setStatus', statusKey: 'git' }, [output({ kind: 'status', key: 'git' })]],
  [{ ...ask, method: 'setTitle', title: 'pi' }, []],
  [{ type: 'agent_end', willRetry: true }, [{ event: 'agent_end', payload: { willRetry: true } }]],
  [{ type: 'queue_update', steering: ['a'] }, [{ event: 'queue_update', payload: { steering: ['a'], followUp: [] } }]],
  [
    { type: 'auto_retry_start', attempt: 1, maxAttempts: 3, delayMs: 2_400, errorMessage: 'Busy.' },
    [output({ kind: 'notice', level: 'warning', text: 'Busy. Trying again in 2 s (1 of 3).' })],
  ],
  [
    { type: 'auto_retry_start', attempt: 1, maxAttempts: 3, delayMs: 2_400, errorMessage: '502 <html>Bad</html>' },
    [
      output({
        kind: 'notice',
        level: 'warning',
        text: "The model's server sent an error page (HTTP 502): “Bad”. Trying again in 2 s (1 of 3).",
      }),
    ],
  ],
  [
    { type: 'auto_retry_start', attempt: 1, maxAttempts: 3, delayMs: 2_400, errorMessage: '429: {"message":"slow"}' },
    [output({ kind: 'notice', level: 'warning', text: 'slow (HTTP 429). Trying again in 2 s (1 of 3).' })],
  ],
  [
    { type: 'compaction_end', errorMessage: 'no model' },
    [output({ kind: 'notice', level: 'warning', text: 'Shortening the conversation failed: no model' })],
  ],
  [{ type: 'compaction_end' }, []],
  [
    { type: 'extension_error', event: 'turn_end', error: 'broke' },
    [output({ kind: 'notice', level: 'error', text: 'An extension failed in turn_end: broke' })],
  ],
  [
    { type: 'hologram' },
    [
      output({
        kind: 'notice',
        level: 'info',
        text: `pi sent something that this version of Piwork doesn't know: {"type":"hologram"}`,
      }),
    ],
  ],
])('%j', (raw, events) => {
  expect(translated(raw)).toEqual(events);
});
