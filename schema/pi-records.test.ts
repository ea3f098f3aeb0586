import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentText, parsePiRecord, piSessionEntry } from './pi-records';

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

test.each(files)('every recorded line of %s is known, and nothing is lost', (name) => {
  for (const raw of records(name)) {
    const record = parsePiRecord(raw);
    expect(record).not.toMatchObject({ type: 'unknown' });
    expect(record.type === 'extension_ui_request' ? record.request : record).toMatchObject(raw as object);
  }
});

test.each<[string, unknown]>([
  ['a type of a later version', { type: 'hologram', data: 1 }],
  ['a known type in another shape', { type: 'tool_execution_end', toolCallId: 7 }],
  ['a question of an unknown kind', { type: 'extension_ui_request', id: 'x', method: 'dance' }],
  ['an unknown update of a message', { type: 'message_update', assistantMessageEvent: { type: 'image_delta' } }],
  ['a line that was no JSON', 'Warning: something printed'],
  ['null', null],
  ['a list', [1]],
])('keeps unknown records as they came: %s', (_name, raw) => {
  expect(parsePiRecord(raw)).toEqual({ type: 'unknown', raw });
});

test('keeps fields of a newer version', () => {
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

test('a session entry with an unknown message still has its place', () => {
  const entry = { type: 'message', id: 'b', parentId: 'a', message: { role: 7 } };
  expect(piSessionEntry.parse(entry)).toEqual({ ...entry, message: undefined });
});
