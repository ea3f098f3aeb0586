import { diffTexts, foldsOf, pairsOf } from './Diff.logic';

const numbered = (count: number): string => Array.from({ length: count }, (_, index) => `line ${index + 1}\n`).join('');

const shown = (before: string, after: string): readonly string[] =>
  diffTexts(before, after).lines.map(({ kind, text }) => `${{ same: ' ', removed: '-', added: '+' }[kind]}${text}`);

test('lines are matched, counted and numbered on both sides', () => {
  const diff = diffTexts('a\nb\nc\n', 'a\nB\nc\nd\n');
  expect([diff.added, diff.removed, diff.isCoarse]).toEqual([2, 1, false]);
  expect(diff.lines.map(({ kind, before, after, text }) => [kind, before, after, text])).toEqual([
    ['same', 1, 1, 'a'],
    ['removed', 2, null, 'b'],
    ['added', null, 2, 'B'],
    ['same', 3, 3, 'c'],
    ['added', null, 4, 'd'],
  ]);
});

test('a different or missing line end is visible as a difference', () => {
  expect(shown('a\r\nb\n', 'a\nb\n')).toEqual(['-a␍', '+a', ' b']);
  expect(shown('a\nb', 'a\nb\n')).toEqual([' a', '-b (no newline at end)', '+b']);
  expect(shown('', 'only')).toEqual(['+only']);
  expect(shown('same\n', 'same\n')).toEqual([' same']);
  expect(shown('', '')).toEqual([]);
});

test('what differs within a line is marked, unless it is most of the line', () => {
  const marks = (before: string, after: string) => diffTexts(before, after).lines.map(({ mark }) => mark);
  expect(marks('the report of May\n', 'the yearly report of May\n')).toEqual([
    [4, 4],
    [4, 11],
  ]);
  expect(marks('abc\n', 'xyz\n')).toEqual([null, null]);
});

test('unchanged stretches are folded except near changes, until they are opened', () => {
  const before = numbered(40);
  const { lines } = diffTexts(before, before.replace('line 20\n', 'line twenty\n'));
  const rows = foldsOf(lines, new Set());
  expect(rows.map((row) => (row.kind === 'fold' ? row : row.text))).toEqual([
    { kind: 'fold', start: 0, count: 16 },
    ...['line 17', 'line 18', 'line 19', 'line 20', 'line twenty', 'line 21', 'line 22', 'line 23'],
    { kind: 'fold', start: 24, count: 17 },
  ]);
  expect(foldsOf(lines, new Set([0])).filter(({ kind }) => kind === 'fold')).toHaveLength(1);
  expect(foldsOf(lines, new Set([0, 24]))).toEqual(lines);
});

test('side by side, removed lines are beside the lines that replace them', () => {
  const { lines } = diffTexts('a\nb\nc\nd\n', 'a\nB\nd\ne\n');
  expect(
    pairsOf(lines).map((pair) => (pair.kind === 'fold' ? pair : [pair.left?.text ?? null, pair.right?.text ?? null])),
  ).toEqual([
    ['a', 'a'],
    ['b', 'B'],
    ['c', null],
    ['d', 'd'],
    [null, 'e'],
  ]);
});

test('texts that differ too much are shown whole, within a time limit', () => {
  const many = (salt: number): string =>
    Array.from({ length: 40_000 }, (_, index) => `${(index * 7919 + salt) % 100_003}\n`).join('');
  const start = Date.now();
  const diff = diffTexts(many(1), many(50_000));
  expect(diff.isCoarse).toBe(true);
  expect([diff.removed, diff.added]).toEqual([40_000, 40_000]);
  expect(Date.now() - start).toBeLessThan(5000);
});
