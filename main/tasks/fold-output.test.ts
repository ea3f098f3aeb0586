import type { AgentOutput } from '../../schema/agent-output';
import { applyChange, type ConversationItem } from '../../schema/conversation';
import { closeOpenItems, foldOutput } from './fold-output';

/** The conversation after these outputs, one millisecond apart. */
function fold(outputs: readonly AgentOutput[], before: readonly ConversationItem[] = []): readonly ConversationItem[] {
  return outputs.reduce(
    (items, output, index) => foldOutput(items, output, 100 + index).reduce(applyChange, items),
    before,
  );
}

const start = (messageId: string, role: 'user' | 'assistant' | 'custom' = 'assistant'): AgentOutput => ({
  kind: 'message_start',
  messageId,
  role,
});
const call = { toolCallId: 'c1', toolName: 'bash', args: { command: 'ls' } };
const prompt: ConversationItem = { id: 'prompt-p1', at: 1, kind: 'user', text: 'Sort them', promptId: 'p1' };

test('an answer with a tool call, from its first word to its last', () => {
  const items = fold(
    [
      start('m1', 'user'),
      { kind: 'message_end', messageId: 'm1', role: 'user', text: ' Sort them\n' },
      start('m2'),
      { kind: 'thinking_delta', messageId: 'm2', delta: 'Hm' },
      { kind: 'text_delta', messageId: 'm2', delta: 'I ' },
      { kind: 'text_delta', messageId: 'm2', delta: 'list' },
      { kind: 'tool_call', messageId: 'm2', ...call },
      { kind: 'message_end', messageId: 'm2', role: 'assistant', stopReason: 'toolUse' },
      { kind: 'tool_start', ...call },
      { kind: 'tool_output', toolCallId: 'c1', delta: 'a.txt\n' },
      { kind: 'tool_output', toolCallId: 'c1', delta: 'b.txt\n' },
      { kind: 'tool_output', toolCallId: 'c1', delta: '…b.txt\n', isReset: true },
      { kind: 'tool_end', toolCallId: 'c1', isError: false, output: 'a.txt\nb.txt\n', durationMs: 12 },
    ],
    [prompt],
  );
  expect(items).toEqual([
    prompt,
    {
      ...{ id: 'm2', at: 102, kind: 'assistant', text: 'I list', thinking: 'Hm' },
      ...{ isStreaming: false, stopReason: 'toolUse' },
    },
    {
      ...{ id: 'c1', at: 106, kind: 'tool', toolName: 'bash', args: { command: 'ls' } },
      ...{ status: 'done', output: 'a.txt\nb.txt\n', durationMs: 12 },
    },
  ]);
});

test("words that the person didn't type here are shown: another prompt, a steer", () => {
  const said = (messageId: string, text: string): AgentOutput => ({
    kind: 'message_end',
    messageId,
    role: 'user',
    text,
  });
  expect(fold([said('m1', 'Sort them'), said('m2', 'And faster')], [prompt]).map(({ id }) => id)).toEqual([
    'prompt-p1',
    'm2',
  ]);
  expect(fold([said('m1', 'Sort them')]).map(({ id }) => id)).toEqual(['m1']);
});

test.each<[string, AgentOutput[], object[]]>([
  [
    "an extension's message is a notice",
    [start('m1', 'custom'), { kind: 'message_end', messageId: 'm1', role: 'custom', text: 'Note' }],
    [{ id: 'm1', kind: 'notice', level: 'info', text: 'Note' }],
  ],
  ['an empty one is none', [{ kind: 'message_end', messageId: 'm1', role: 'custom', text: '' }], []],
  [
    'a notice',
    [{ kind: 'notice', level: 'warning', text: 'Busy' }],
    [{ kind: 'notice', level: 'warning', text: 'Busy' }],
  ],
  ['a status is not part of the conversation', [{ kind: 'status', key: 'git', text: 'main' }], []],
  [
    'a failed answer says why',
    [
      start('m1'),
      { kind: 'message_end', messageId: 'm1', role: 'assistant', stopReason: 'error', errorMessage: 'No.' },
    ],
    [{ id: 'm1', kind: 'assistant', stopReason: 'error', errorMessage: 'No.' }],
  ],
  [
    'a tool that fails',
    [
      { kind: 'tool_start', ...call },
      { kind: 'tool_end', toolCallId: 'c1', isError: true, output: 'not found' },
    ],
    [{ id: 'c1', kind: 'tool', status: 'failed', output: 'not found' }],
  ],
  ['output of what was never begun', [{ kind: 'tool_output', toolCallId: 'c9', delta: 'lost' }], []],
])('%s', (_name, outputs, items) => {
  const folded = fold(outputs);
  expect(folded).toHaveLength(items.length);
  expect(folded).toMatchObject(items);
});

test('two notices at the same moment are two', () => {
  const notice: AgentOutput = { kind: 'notice', level: 'info', text: 'Busy' };
  let items: readonly ConversationItem[] = [];
  for (let count = 0; count < 2; count++) items = foldOutput(items, notice, 5).reduce(applyChange, items);
  expect(items).toHaveLength(2);
});

test('what a run left open is closed, and nothing else changes', () => {
  const done: ConversationItem = {
    id: 'd',
    at: 1,
    kind: 'tool',
    toolName: 'bash',
    args: {},
    status: 'done',
    output: '',
  };
  const items: ConversationItem[] = [
    prompt,
    done,
    { id: 'm1', at: 2, kind: 'assistant', text: 'I so', thinking: '', isStreaming: true },
    { ...done, id: 'p', status: 'pending' },
    { ...done, id: 'r', status: 'running' },
  ];
  expect(closeOpenItems(items)).toEqual([
    { type: 'patch', id: 'm1', patch: { isStreaming: false, stopReason: 'aborted' } },
    { type: 'patch', id: 'p', patch: { status: 'failed' } },
    { type: 'patch', id: 'r', patch: { status: 'failed' } },
  ]);
  expect(closeOpenItems(closeOpenItems(items).reduce<readonly ConversationItem[]>(applyChange, items))).toEqual([]);
});
