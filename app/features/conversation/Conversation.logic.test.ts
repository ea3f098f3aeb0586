import type { ConversationItem } from '../../../schema/conversation';
import { fakeTask } from '../../dev/data/tasks';
import { rowsOf, type RowSources } from './Conversation.logic';

const tool = (id: string, status: 'running' | 'done' = 'done'): ConversationItem => ({
  id,
  at: 0,
  kind: 'tool',
  toolName: 'ls',
  args: {},
  status,
  output: '',
});
const assistant = (id: string, text: string, isStreaming = false): ConversationItem => ({
  id,
  at: 0,
  kind: 'assistant',
  text,
  thinking: '',
  isStreaming,
});
const user = (id: string, promptId?: string): ConversationItem => ({
  id,
  at: 0,
  kind: 'user',
  text: 'hi',
  ...(promptId === undefined ? {} : { promptId }),
});

const rows = (items: readonly ConversationItem[], more: Partial<RowSources> = {}) =>
  rowsOf({ items, sent: undefined, task: fakeTask('t', {}).summary, startingLabel: null, ...more });
const task = (summary: Parameters<typeof fakeTask>[1]) => fakeTask('t', summary).summary;
const sent = { promptId: 'p', text: 'hi', at: 0 };

test("consecutive tool cards form one block; messages without words don't split it", () => {
  const positions = rows([
    user('u'),
    tool('1'),
    assistant('empty', ''),
    tool('2'),
    tool('3'),
    assistant('a', 'x'),
    tool('4'),
  ]).flatMap((row) => (row.kind === 'item' && row.item.kind === 'tool' ? [row.position] : []));
  expect(positions).toEqual(['first', 'middle', 'last', 'single']);
});

test('a sent prompt is shown until its item arrives', () => {
  expect(rows([], { sent }).map((row) => row.kind)).toEqual(['sent', 'working']);
  expect(rows([user('u', 'p')], { sent, task: task({ activity: 'running' }) }).map((row) => row.kind)).toEqual([
    'item',
    'working',
  ]);
});

test('a task that waits for its turn says how many start first', () => {
  const label = (openingAhead: number | null) =>
    rows([], { task: task({ activity: 'starting', openingAhead }) }).map((row) => row.kind === 'working' && row.label);
  expect(label(3)).toEqual(['Waiting for 3 tasks to start first…']);
  expect(label(1)).toEqual(['Waiting for 1 task to start first…']);
  expect(label(null)).toEqual(['Starting the agent…']);
});

test('activity is shown when nothing else moves', () => {
  const running = task({ activity: 'running' });
  const last = (items: readonly ConversationItem[]): unknown => rows(items, { task: running }).at(-1);
  expect(last([user('u')])).toMatchObject({ kind: 'working', label: 'Thinking…' });
  expect(last([tool('1', 'running')])).toMatchObject({ kind: 'item' });
  expect(last([assistant('a', 'so', true)])).toMatchObject({ kind: 'item' });
  expect(last([tool('1'), assistant('a', '', true)])).toMatchObject({ label: 'Thinking…' });
  expect(rows([], { sent, startingLabel: 'Resuming the workspace…' }).at(-1)).toMatchObject({
    label: 'Resuming the workspace…',
  });
});

test('questions and the reason of a failure come last', () => {
  const dialogs = [{ id: 'd', method: 'confirm' as const, title: 'Sure?', message: '' }];
  expect(rows([user('u')], { task: task({ activity: 'needs_you', dialogs }) }).map((row) => row.kind)).toEqual([
    'item',
    'dialog',
  ]);
  expect(rows([], { task: task({ activity: 'failed', problem: 'It ended.' }) })).toEqual([
    { kind: 'problem', key: 'problem', problem: 'It ended.' },
  ]);
});

test('the problem is shown only once', () => {
  const failed = task({ activity: 'failed', problem: 'It ended.' });
  const notice: ConversationItem = { id: 'n', at: 0, kind: 'notice', level: 'error', text: 'It ended.' };
  const refused: ConversationItem = { ...assistant('a', ''), errorMessage: 'It ended.' } as ConversationItem;
  for (const item of [notice, refused]) {
    expect(rows([user('u'), item], { task: failed }).map((row) => row.kind)).toEqual(['item', 'problem']);
    expect(rows([user('u'), item], { task: task({}) }).map((row) => row.kind)).toEqual(['item', 'item']);
  }
});

test('below what the model said, the problem is shown only once too', () => {
  const cut = { ...assistant('a', 'Half an'), errorMessage: 'It ended.' } as ConversationItem;
  const shown = rows([user('u'), cut], { task: task({ activity: 'failed', problem: 'It ended.' }) });
  expect(shown.map((row) => row.kind)).toEqual(['item', 'item', 'problem']);
  expect(shown[1]).toMatchObject({ item: { text: 'Half an' } });
  expect(JSON.stringify(shown).split('It ended.')).toHaveLength(2);
});
