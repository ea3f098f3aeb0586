import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { approvalLogEntry } from '../../schema/approvals';
import { mergedEntries } from './approval-log';
import type { LogRecord } from './approval-state';
import { LogBatch } from './log-batch';
import { appendLines, readLines } from './log-lines';

const record = (change: Partial<LogRecord> = {}): LogRecord => ({
  at: 1000,
  taskId: 'task-a',
  kind: 'delete',
  path: 'a',
  to: null,
  program: 'rm a',
  count: 1,
  outcome: 'granted',
  scope: 'turn',
  pid: 7,
  ...change,
});

describe('waiting log entries', () => {
  it('one entry per program, kind and outcome', () => {
    const batch = new LogBatch();
    for (const change of [
      {},
      { path: 'b', count: 2 },
      { pid: 8 },
      { kind: 'rename' },
      { outcome: 'denied' },
    ] as const) {
      batch.add(record(change));
    }
    expect(batch.take().get('task-a')).toEqual([
      record({ count: 3 }),
      record({ pid: 8 }),
      record({ kind: 'rename' }),
      record({ outcome: 'denied' }),
    ]);
    expect(batch.take().size).toBe(0);
  });

  it('are limited: many programs are counted together', () => {
    const batch = new LogBatch();
    for (let pid = 1; pid <= 10_000; pid++) batch.add(record({ pid }));
    const entries = batch.take().get('task-a')!;
    expect(entries).toHaveLength(65);
    expect(entries.reduce((sum, { count }) => sum + count, 0)).toBe(10_000);
    expect(entries.at(-1)).toMatchObject({ pid: 0, program: null, count: 10_000 - 64 });
  });

  it("get a program's name, and ask for it once", () => {
    const batch = new LogBatch();
    expect([1, 2].map(() => batch.add(record({ program: null })))).toEqual([true, false]);
    batch.name('task-a', 7, 'rm a');
    expect(batch.take().get('task-a')).toEqual([record({ count: 2 })]);
  });
});

it('lines of one burst are read as one entry', () => {
  const entry = approvalLogEntry.parse(record());
  expect(
    mergedEntries([
      record(),
      record({ at: 2000, path: 'b', count: 4 }),
      record({ at: 4000, count: 5 }),
      record({ at: 6001 }),
      record({ at: 6001, pid: 8 }),
    ]),
  ).toEqual([
    { ...entry, count: 10 },
    { ...entry, at: 6001 },
    { ...entry, at: 6001 },
  ]);
});

describe('a file of lines', () => {
  const folders: string[] = [];
  afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));
  const path = (): string => {
    const folder = mkdtempSync(join(tmpdir(), 'log-lines-'));
    folders.push(folder);
    return join(folder, 'log');
  };

  it('is private, and is appended to', async () => {
    const file = path();
    await appendLines(file, ['1', '2']);
    await appendLines(file, ['3']);
    expect(readFileSync(file, 'utf8')).toBe('1\n2\n3\n');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('loses only a torn line', async () => {
    const file = path();
    writeFileSync(file, '1\n2\n3');
    expect(await readLines(file, 100)).toEqual(['1', '2']);
    await appendLines(file, ['4']);
    expect(await readLines(file, 100)).toEqual(['1', '2', '3', '4']);
  });

  it('is read from its end, complete lines only', async () => {
    const file = path();
    await appendLines(file, ['aaaa', 'bbbb', 'cccc']);
    expect(await readLines(file, 12)).toEqual(['bbbb', 'cccc']);
    expect(await readLines(`${file}.none`, 12)).toEqual([]);
  });
});
