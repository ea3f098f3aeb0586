import { parseSession } from '../../schema/pi-session';
import { conversationFrom, conversationOf, currentBranch } from './read-session';

const header = { type: 'session', version: 3, id: 's0' };
const at = (second: number): string => new Date(1_700_000_000_000 + second * 1_000).toISOString();
const ms = (second: number): number => 1_700_000_000_000 + second * 1_000;
const user = (id: string, parentId: string | null, text: string, second = 0) => ({
  type: 'message',
  id,
  parentId,
  timestamp: at(second),
  message: { role: 'user', content: [{ type: 'text', text }] },
});
const assistant = (id: string, parentId: string, content: object[], second = 0, more: object = {}) => ({
  type: 'message',
  id,
  parentId,
  timestamp: at(second),
  message: { role: 'assistant', content, stopReason: 'stop', ...more },
});
const result = (id: string, parentId: string, toolCallId: string, text: string, second = 0, isError = false) => ({
  type: 'message',
  id,
  parentId,
  timestamp: at(second),
  message: { role: 'toolResult', toolCallId, isError, content: [{ type: 'text', text }] },
});
const text = (words: string) => ({ type: 'text', text: words });
const toolCall = (id: string, command: string) => ({ type: 'toolCall', id, name: 'bash', arguments: { command } });

const file = (...entries: object[]): string => entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
const idsOf = (content: string): unknown[] => currentBranch(parseSession(content)).map(({ id }) => id);

describe('lines', () => {
  const [one, two] = [user('a', null, 'one\u2028two'), user('b', 'a', 'three')];

  test.each([
    ['a whole file', file(header, one, two), 3],
    ['nothing', '', 0],
    ['a torn last line', file(header, one) + JSON.stringify(two).slice(0, 40), 2],
    ['a last line without its end', file(header) + JSON.stringify(one), 2],
    ['two lines run into each other', file(header) + JSON.stringify(one).slice(0, 30) + file(two), 1],
    ['empty lines', `\n\n${file(header)}\n`, 1],
    ['other JSON', `null\n7\n[]\n"text"\n${file(header)}`, 1],
  ])('%s', (_name, content, count) => {
    expect(parseSession(content)).toHaveLength(count);
  });
});

describe('the branch that is shown', () => {
  const a = user('a', null, 'one');
  const b = assistant('b', 'a', [text('two')]);

  test.each([
    ['is the whole of a straight session', file(header, a, b), ['a', 'b']],
    ['leads to the newest entry', file(header, a, b, user('c', 'a', 'other')), ['a', 'c']],
    [
      'holds entries that are no messages',
      file(header, a, { type: 'model_change', id: 'm', parentId: 'a' }, user('c', 'm', 'x')),
      ['a', 'm', 'c'],
    ],
    ['ends at a cycle', file({ ...a, parentId: 'b' }, b), ['a', 'b']],
    ['ends at an entry that is its own parent', file({ ...a, parentId: 'a' }), ['a']],
    [
      'goes on before a parent that was lost',
      file(header, a, b) + `${JSON.stringify(user('lost', 'b', 'x')).slice(0, 20)}\n` + file(user('d', 'lost', 'y')),
      ['a', 'b', 'd'],
    ],
    ['is empty without entries', file(header), []],
  ])('%s', (_name, content, ids) => {
    expect(idsOf(content)).toEqual(ids);
  });
});

test('a conversation with tools, as people read it', () => {
  const entries = parseSession(
    file(
      header,
      user('a', null, 'Sort', 1),
      assistant(
        'b',
        'a',
        [{ type: 'thinking', thinking: 'Hm' }, text('I '), text('list'), toolCall('c1', 'ls'), toolCall('c2', 'rm')],
        2,
        { stopReason: 'toolUse' },
      ),
      result('r1', 'b', 'c1', 'a.txt', 5),
      result('r2', 'r1', 'c2', 'denied', 6, true),
      assistant('d', 'r2', [toolCall('c1', 'pwd')], 7, { stopReason: 'toolUse' }),
      result('r3', 'd', 'c1', '/work', 8),
      assistant('e', 'r3', [], 9, { stopReason: 'error', errorMessage: 'Too many requests.' }),
      { type: 'message', id: 'f', parentId: 'e', message: { role: 'custom', content: 'Note' } },
      { type: 'message', id: 'g', parentId: 'f', message: { role: 'custom', content: 'hidden', display: false } },
    ),
  );
  const tool = { kind: 'tool', toolName: 'bash' };
  const answer = { kind: 'assistant', thinking: '', isStreaming: false };
  expect(conversationFrom(currentBranch(entries))).toEqual([
    { id: 'a', at: ms(1), kind: 'user', text: 'Sort' },
    { ...answer, id: 'b', at: ms(2), text: 'I list', thinking: 'Hm', stopReason: 'toolUse' },
    { ...tool, id: 'b/1', at: ms(2), args: { command: 'ls' }, status: 'done', output: 'a.txt', durationMs: 3_000 },
    { ...tool, id: 'b/2', at: ms(2), args: { command: 'rm' }, status: 'failed', output: 'denied', durationMs: 4_000 },
    { ...answer, id: 'd', at: ms(7), text: '', stopReason: 'toolUse' },
    { ...tool, id: 'd/1', at: ms(7), args: { command: 'pwd' }, status: 'done', output: '/work', durationMs: 1_000 },
    {
      ...answer,
      id: 'e',
      at: ms(9),
      text: '',
      stopReason: 'error',
      ending: 'failed',
      errorMessage: 'Too many requests.',
    },
    { id: 'f', at: 0, kind: 'notice', level: 'info', text: 'Note' },
  ]);
});

test("a call without a result failed, and a result without a call isn't shown", () => {
  const entries = parseSession(file(assistant('b', 'a', [toolCall('c1', 'ls')]), result('r', 'b', 'c9', 'lost')));
  expect(conversationFrom(currentBranch(entries))).toMatchObject([
    { kind: 'assistant' },
    { kind: 'tool', status: 'failed', output: '' },
  ]);
});

test('long output keeps its end', () => {
  const long = 'x'.repeat(70_000);
  const entries = parseSession(file(assistant('b', 'a', [toolCall('c1', 'ls')]), result('r', 'b', 'c1', `${long}end`)));
  const [, tool] = conversationFrom(currentBranch(entries));
  expect(tool?.kind === 'tool' ? tool.output : '').toBe(`${long}end`.slice(-65_536));
});

test('a session without messages has no conversation', () => {
  expect(conversationOf('')).toEqual([]);
  expect(conversationOf(file(header, user('a', null, 'one', 1)))).toEqual([
    { id: 'a', at: ms(1), kind: 'user', text: 'one' },
  ]);
});

const shownCalls = (...entries: object[]): unknown[] =>
  conversationOf(file(header, user('a', null, 'go'), ...entries)).flatMap((item) =>
    item.kind === 'tool' ? [[item.args['command'] ?? item.args['value'], item.status, item.output]] : [],
  );

test('calls of one answer that share an id are shown each, with its own result', () => {
  const calls = ['one', 'two', 'three'].map((command) => toolCall('call_1', command));
  const results = ['1', '2'].map((output, index) => result(`r${index}`, index ? 'r0' : 'b', 'call_1', output));
  expect(shownCalls(assistant('b', 'a', calls), ...results)).toEqual([
    ['one', 'done', '1'],
    ['two', 'done', '2'],
    ['three', 'failed', ''],
  ]);
});

test('calls without an id, with a number for one, or with arguments that are no object are shown', () => {
  const calls = [
    { type: 'toolCall', name: 'bash', arguments: { command: 'none' } },
    { type: 'toolCall', id: 7, name: 'bash', arguments: 'number' },
  ];
  const [none, seven] = [result('r1', 'b', '', 'first'), result('r2', 'r1', 7 as unknown as string, 'second')];
  expect(shownCalls(assistant('b', 'a', calls), none, seven)).toEqual([
    ['none', 'done', 'first'],
    ['number', 'done', 'second'],
  ]);
});
