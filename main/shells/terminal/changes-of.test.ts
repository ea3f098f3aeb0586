import { changesOf } from './changes-of';

const change = (from: string | null, to: string | null) => ({ from, to });
const raw = change('caf\udce9.txt', null);
const plain = change('a.txt', 'b.txt');

test('a file is found by its old and its new name', () => {
  expect(changesOf([raw, plain], 'a.txt')).toEqual([plain]);
  expect(changesOf([raw, plain], 'b.txt')).toEqual([plain]);
  expect(changesOf([raw, plain], 'c.txt')).toEqual([]);
});

test("a name that isn't UTF-8 is found as it is listed, and as a shell passes it", () => {
  expect(changesOf([raw, plain], 'caf\\xe9.txt')).toEqual([raw]);
  expect(changesOf([raw, plain], 'caf\ufffd.txt')).toEqual([raw]);
});

test('only if it means one file, and a file of exactly this name comes first', () => {
  const other = change('caf\udce8.txt', null);
  const written = change('caf\\xe9.txt', null);
  expect(changesOf([raw, other], 'caf\ufffd.txt')).toEqual([]);
  expect(changesOf([raw, written], 'caf\\xe9.txt')).toEqual([written]);
});
