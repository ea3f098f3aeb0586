import { applyChange, conversationChange, type ConversationChange, type ConversationItem } from './conversation';

const user: ConversationItem = { id: 'u', at: 1, kind: 'user', text: 'Sort them' };
const assistant: ConversationItem = { id: 'a', at: 2, kind: 'assistant', text: 'I', thinking: '', isStreaming: true };
const tool: ConversationItem = {
  id: 't',
  at: 3,
  kind: 'tool',
  toolName: 'bash',
  args: {},
  status: 'running',
  output: 'a',
};
const items = [user, assistant, tool];

test.each<[string, ConversationChange, readonly ConversationItem[]]>([
  ['adds at the end', { type: 'add', item: { ...user, id: 'v' } }, [...items, { ...user, id: 'v' }]],
  ['adds an id only once', { type: 'add', item: { ...user, id: 'a' } }, items],
  [
    'appends text',
    { type: 'append', id: 'a', field: 'text', delta: ' will' },
    [user, { ...assistant, text: 'I will' }, tool],
  ],
  [
    'appends to what was empty',
    { type: 'append', id: 'a', field: 'thinking', delta: 'Hm' },
    [user, { ...assistant, thinking: 'Hm' }, tool],
  ],
  [
    'appends output',
    { type: 'append', id: 't', field: 'output', delta: 'b' },
    [user, assistant, { ...tool, output: 'ab' }],
  ],
  [
    'appends nothing where the field is none of the item',
    { type: 'append', id: 'u', field: 'output', delta: 'b' },
    items,
  ],
  [
    'replaces fields',
    { type: 'patch', id: 't', patch: { status: 'done', output: '', durationMs: 5 } },
    [user, assistant, { ...tool, status: 'done', output: '', durationMs: 5 }],
  ],
  ['changes nothing of an item that is not there', { type: 'patch', id: 'x', patch: { text: 'lost' } }, items],
])('%s', (_name, change, after) => {
  const before = structuredClone(items);
  expect(conversationChange.parse(change)).toEqual(change);
  expect(applyChange(items, change)).toEqual(after);
  expect(items).toEqual(before);
});

test('only the changed item is a new object, so that a list redraws one row', () => {
  const after = applyChange(items, { type: 'append', id: 'a', field: 'text', delta: '!' });
  expect(after.map((item, index) => item === items[index])).toEqual([true, false, true]);
});
