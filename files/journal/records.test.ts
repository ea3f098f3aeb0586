/** Logs from an earlier version can still be opened. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeRecord, encodeRecord } from './records';
import { names, save, setUp } from './test/journal-stage';

const begin = { type: 'begin', seq: 0, version: 1, turn: 1, kind: 'agent', promptId: 'p', at: 5, of: [] } as const;

test('the leaf of the session is written as `leaf`, and read as `turnId` in old logs', () => {
  const record = { ...begin, leaf: 'entry-1' };
  expect(JSON.parse(encodeRecord(record))).toEqual(record);
  expect(decodeRecord(JSON.stringify({ ...begin, turnId: 'entry-1' }))).toEqual(record);
  expect(decodeRecord(JSON.stringify({ ...begin, turnId: null }))).toEqual({ ...begin, leaf: null });
  expect(() => decodeRecord(JSON.stringify(begin))).toThrow();
});

test('a journal opens with an old log', () => {
  const { store, open } = setUp();
  const first = open();
  first.beginTurn(names);
  save(first.folder('folder'), 'one.txt', 'one');
  first.close();
  const path = join(store, 'turns', '1', 'ops.jsonl');
  const text = readFileSync(path, 'utf8');
  expect(text).toContain('"leaf":"turn"');
  writeFileSync(path, text.replace('"leaf":', '"turnId":'));
  const again = open();
  expect(again.setAside).toEqual([]);
  expect(again.turns()).toMatchObject([{ turn: 1, leaf: 'turn', counts: { created: 1 } }]);
  expect(again.changes(1)).toMatchObject([{ kind: 'created', to: ['one.txt'] }]);
  again.close();
});
