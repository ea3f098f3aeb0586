import { LogTail } from './log-tail';

test('reports complete lines, and keeps the last forty and an incomplete one', () => {
  const told: string[] = [];
  const log = new LogTail((line) => told.push(line));
  log.push('one\r\ntw');
  log.push('o\nthr');
  expect([told, log.lines]).toEqual([
    ['one', 'two'],
    ['one', 'two', 'thr'],
  ]);
  log.push(`\n${Array.from({ length: 50 }, (_, index) => `line ${index}`).join('\n')}\n`);
  expect(log.lines).toEqual(Array.from({ length: 40 }, (_, index) => `line ${index + 10}`));
});

test('a line without an end takes no more space than others', () => {
  const log = new LogTail();
  for (let part = 0; part < 100; part++) log.push('x'.repeat(100));
  expect(log.lines).toEqual(['x'.repeat(400)]);
  log.push(`${'y'.repeat(1_000)}\n`);
  expect(log.lines.map((line) => line.length)).toEqual([400]);
});
