import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentText } from './loose-values';
import { parsePiRecord, piSessionEntry } from './pi-records';

const corpus = join(__dirname, 'corpus', 'pi-1.5.2');
const files = readdirSync(corpus).filter((name) => name.endsWith('.jsonl'));

const records = (name: string): unknown[] =>
  readFileSync(join(corpus, name), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);

test('there is a corpus', () => {
  expect(files.length).toBeGreaterThan(5);
});

test.each(files)('every recorded line of %s is known, and nothing in it is lost', (name) => {
  for (const raw of records(name)) {
    const record = parsePiRecord(raw);
    expect(record).not.toMatchObject({ type: 'unknown' });
    expect(record.type === 'extension_ui_request' ? record.request : record).toMatchObject(raw as object);
  }
});

test.each<[string, unknown]>([
  ['a type of a later version', { type: 'hologram', data: 1 }],
  ['a question of an unknown kind', { type: 'extension_ui_request', id: 'x', method: 'dance' }],
  ['an unknown update of a message', { type: 'message_update', assistantMessageEvent: { type: 'image_delta' } }],
  ['a line that was no JSON', 'Warning: something printed'],
  ['null', null],
  ['a list', [1]],
])('unknown records are kept unchanged: %s', (_name, raw) => {
  expect(parsePiRecord(raw)).toEqual({ type: 'unknown', raw });
});

test.each<[string, object, object]>([
  [
    'a numeric id of a tool call',
    { type: 'tool_execution_end', toolCallId: 7, isError: 'yes', result: null, durationMs: -1 },
    { type: 'tool_execution_end', toolCallId: '7', isError: false, durationMs: undefined },
  ],
  [
    'arguments that are no object',
    { type: 'tool_execution_start', toolCallId: null, toolName: 7, args: 'ls' },
    { type: 'tool_execution_start', toolCallId: '', toolName: '7', args: { value: 'ls' } },
  ],
  [
    'a delta in parts',
    { type: 'message_update', assistantMessageEvent: { type: 'text_delta', delta: [{ type: 'text', text: 'a' }] } },
    { type: 'message_update', assistantMessageEvent: { type: 'text_delta', delta: 'a' } },
  ],
  [
    'a question with options of other kinds, and more time than a timer has',
    { type: 'extension_ui_request', id: 'q', method: 'select', options: [1, null, 'a'], timeout: 1e12 },
    { request: { title: '', options: ['1', '', 'a'], timeout: 2 ** 31 - 1 } },
  ],
])('an invalid value is dropped, not its record: %s', (_name, raw, read) => {
  expect(parsePiRecord(raw)).toMatchObject(read);
});

test('fields of a later version are kept', () => {
  expect(parsePiRecord({ type: 'agent_end', willRetry: true, mood: 'good' })).toEqual({
    type: 'agent_end',
    willRetry: true,
    mood: 'good',
  });
});

test.each([
  [undefined, ''],
  ['plain', 'plain'],
  [
    [
      { type: 'text', text: 'a' },
      { type: 'image', data: '…' },
      { type: 'text', text: 'b' },
    ],
    'a[image]b',
  ],
])('the text of %j', (content, text) => {
  expect(contentText(content)).toBe(text);
});

test('a session entry with an unknown message keeps its place', () => {
  const entry = { type: 'message', id: 'b', parentId: 'a', message: { role: 7 } };
  expect(piSessionEntry.parse(entry)).toEqual({ ...entry, message: undefined });
});
