import { completionRequest, readConversation } from './conversation';

test('only what follows the last thing the person said counts as done', () => {
  const request = completionRequest.parse({
    model: 'tour',
    tools: [{ type: 'function', function: { name: 'bash' } }, { type: 'custom' }],
    messages: [
      { role: 'system', content: 'rules' },
      { role: 'developer', content: [{ type: 'text', text: 'more rules' }] },
      { role: 'user', content: 'first' },
      { role: 'assistant', content: null, tool_calls: [{ id: 'a', function: { name: 'read', arguments: '{}' } }] },
      { role: 'tool', tool_call_id: 'a', content: 'old' },
      { role: 'assistant', content: 'done' },
      { role: 'user', content: [{ type: 'text', text: ' second ' }, { type: 'image_url' }] },
      {
        role: 'assistant',
        content: 'looking',
        tool_calls: [
          { id: 'b', function: { name: 'bash', arguments: '{}' } },
          { id: 'c', function: { name: 'read', arguments: '{}' } },
        ],
      },
      { role: 'tool', tool_call_id: 'c', content: 'C' },
      { role: 'tool', tool_call_id: 'b', content: [{ type: 'text', text: 'B' }] },
    ],
  });
  expect(readConversation(request)).toEqual({
    system: 'rules\nmore rules',
    tools: ['bash'],
    message: 'second',
    exchanges: [{ tools: ['bash', 'read'], results: ['B', 'C'] }],
    length: 44,
  });
});
