import { execFileSync } from 'node:child_process';
import { fill, valueAt } from './template';

test("fills paths, and doesn't expand what it filled in", () => {
  expect(fill('{{a.b}}, {{missing}}, {{n}}', { a: { b: '{{n}}' }, n: 3 })).toBe('{{n}}, , 3');
});

test.each(['plain', "it's", '$(touch x)', '-rf', 'two\nlines', '`b` "q" \\', ''])('%j is one shell word', (word) => {
  const script = fill('printf "%s" {{word|sh}}', { word });
  expect(execFileSync('bash', ['-c', script], { encoding: 'utf8' })).toBe(word);
});

test("a code block's fence has more backticks than any inside it", () => {
  expect(fill('{{text|fence}}', { text: 'a\n````\n' })).toBe('`````\na\n````\n`````');
  expect(fill('{{text|fence}}', { text: 'a' })).toBe('```\na\n```');
});

test('an unknown filter is an error', () => {
  expect(() => fill('{{a|shout}}', { a: 'x' })).toThrow('the filter shout');
});

test("a path through something that isn't an object leads nowhere", () => {
  expect(valueAt({ a: 'text' }, 'a.b.c')).toBeUndefined();
});
