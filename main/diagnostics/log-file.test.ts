import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LogFile } from './log-file';

test("a line of the guest is only text, and can't make a separate entry", async () => {
  const folder = mkdtempSync(join(tmpdir(), 'piwork-log-'));
  const log = new LogFile(join(folder, 'host.log'));
  log.write('guest', 'one\u001b]52;c;eA==\u0007\n2026-01-01T00:00:00.000Z host: forged\u202e');
  log.write('host', 'two');
  await log.flush();
  const lines = readFileSync(log.path, 'utf8').trimEnd().split('\n');
  rmSync(folder, { recursive: true });
  expect(lines.map((line) => line.replace(/^\d{4}-\S+ /, ''))).toEqual([
    'guest: one\ufffd]52;c;eA==\ufffd',
    '    2026-01-01T00:00:00.000Z host: forged\ufffd',
    'host: two',
  ]);
});
