import { execFileSync } from 'node:child_process';
import { cpioArchive } from './cpio';

const archive = cpioArchive([
  { kind: 'folder', path: 'bin' },
  { kind: 'file', path: 'bin/tool', mode: 0o755, content: Buffer.from('12345') },
  { kind: 'link', path: 'bin/sh', target: 'tool' },
]);

test('an archive is made of 4-byte aligned newc records and ends with its trailer', () => {
  expect(archive.length % 4).toBe(0);
  expect(archive.subarray(0, 6).toString()).toBe('070701');
  expect(archive.subarray(14, 22).toString()).toBe('000041ed');
  expect(archive.includes('TRAILER!!!')).toBe(true);
});

test('python reads every member back at the place the headers say', () => {
  const script = `
import sys
data, at, names = sys.stdin.buffer.read(), 0, []
while True:
    field = lambda n: int(data[at + 6 + 8 * n : at + 14 + 8 * n], 16)
    size, length, mode = field(6), field(11), field(1)
    name = data[at + 110 : at + 109 + length].decode()
    start = (at + 110 + length + 3) // 4 * 4
    if name == 'TRAILER!!!': break
    names.append('%s %o %s' % (name, mode, data[start : start + size].decode()))
    at = (start + size + 3) // 4 * 4
print('|'.join(names))`;
  const seen = execFileSync('python3', ['-c', script], { input: archive }).toString().trim();
  expect(seen).toBe('bin 40755 |bin/tool 100755 12345|bin/sh 120777 tool');
});
