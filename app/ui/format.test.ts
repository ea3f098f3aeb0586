import { baseName, formatAgo, formatBytes, formatCost, formatDuration, formatTokens, shortPath } from './format';

test('times ago', () => {
  const now = Date.UTC(2026, 0, 20, 12);
  const ago = (ms: number): string => formatAgo(now - ms, now);
  expect([ago(-5), ago(59_000), ago(61_000), ago(3_600_000), ago(90_000_000)]).toEqual([
    'now',
    'now',
    '1 min',
    '1 h',
    '1 d',
  ]);
  expect(ago(30 * 86_400_000)).toMatch(/21/);
});

test('durations', () => {
  expect([0, 41, 410, 9_960, 59_600, 119_600, 3_723_000].map(formatDuration)).toEqual([
    '< 0.1 s',
    '< 0.1 s',
    '0.4 s',
    '10.0 s',
    '1 min 0 s',
    '2 min 0 s',
    '62 min 3 s',
  ]);
});

test('sizes', () => {
  expect([0, 999, 1000, 1204, 48_210, 137_800_000, 2e13].map(formatBytes)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '1.2 kB',
    '48.2 kB',
    '138 MB',
    '20.0 TB',
  ]);
});

test('tokens and costs', () => {
  expect([640, 4210, 35_824, 1_300_000].map(formatTokens)).toEqual(['640', '4.2k', '36k', '1.3M']);
  expect([0, 0.004, 0.084, 12.5].map(formatCost)).toEqual(['free', '< $0.01', '$0.08', '$12.50']);
});

test('paths', () => {
  expect(
    ['/home/sam', '/home/sam/Reports', '/home/samuel/x', '/mnt'].map((path) => shortPath(path, '/home/sam')),
  ).toEqual(['~', '~/Reports', '/home/samuel/x', '/mnt']);
  expect(['/a/b.md', 'C:\\Users\\Sam\\', '/'].map(baseName)).toEqual(['b.md', 'Sam', '/']);
});
