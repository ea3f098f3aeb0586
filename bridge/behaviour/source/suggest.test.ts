import { nearest, quoted, suggestion } from './suggest';

const known = [':when', ':event', ':tool-call', ':do'];

test.each([
  [':whn', ':when'],
  [':tool_call', ':tool-call'],
  [':Event', ':event'],
  [':evnet', ':event'],
  [':something', null],
  ['x'.repeat(10_000), null],
])('%.20s → %s', (written, meant) => expect(nearest(written, known)).toBe(meant));

test('when nothing is near, lists what there is', () => {
  expect(suggestion(':x', known)).toBe('there are :when, :event, :tool-call, :do');
  const many = Array.from({ length: 20 }, (_, index) => `word-number-${index}`);
  expect(suggestion('x', many)).toMatch(/word-number-11 and 8 more$/);
});

test("quoted text is short and doesn't affect a terminal", () => {
  expect(quoted('a\u001b[2Jb')).toBe('"aU+001B[2Jb"');
  expect(quoted('x'.repeat(100))).toHaveLength(42);
});
