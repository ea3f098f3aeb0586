import { globMatches, globPattern } from './glob';
import { regexFinds, regexProblem } from './regex';

describe('regular expressions', () => {
  test.each([
    ['rm\\s+-rf', null],
    ['(?i)RM', null],
    ['(a+)+$', null],
    ['(a', 'not a regular expression: missing closing ): `(a`'],
    ['a{2000}', 'not a regular expression: invalid repeat count: `{2000}`'],
    ['((a{100}){100}){100}', 'not a regular expression: invalid repeat count: `{100}`'],
    ['x'.repeat(513), 'the regular expression has 513 characters, 512 are allowed'],
  ])('%.30s', (source, problem) => expect(regexProblem(source)).toBe(problem));

  test.each(['(?=a)b', '(?<!a)b', '(a)\\1'])("%s needs what isn't supported here", (source) =>
    expect(regexProblem(source)).toMatch(/look-around and backreferences aren't supported$/),
  );

  test.each(['(a+)+$', '(a|aa)+$', '(.*)*x', 'a*a*a*a*a*a*a*a*b', '(a?){60}a{60}b'])(
    'the time for %s grows linearly with the text',
    (source) => {
      const pattern = { kind: 'regex', source } as const;
      const time = (length: number): number => {
        const text = 'a'.repeat(length);
        const start = performance.now();
        regexFinds(pattern, text);
        return performance.now() - start;
      };
      time(1000);
      // A backtracking engine takes longer than the age of the universe for the first of them.
      expect(time(40_000)).toBeLessThan(5000);
    },
  );
});

describe('globs', () => {
  const matches = (glob: string, path: string): boolean => {
    const pattern = globPattern(glob);
    if (pattern === null) throw new Error(`${glob} is no glob`);
    return globMatches(pattern, path);
  };

  test.each([
    ['*.key', 'a.key'],
    ['*.key', '.key'],
    ['**/*.key', 'a.key'],
    ['**/*.key', 'a/b/c.key'],
    ['a/**', 'a/b/c'],
    ['a/**/b', 'a/b'],
    ['a/**/b', 'a/x/y/b'],
    ['{a,b/c}*', 'b/cx'],
    ['[a-c]?.txt', 'bz.txt'],
    ['[!a]x', 'bx'],
    ['a+b(c).txt', 'a+b(c).txt'],
    ['*', 'two\nlines'],
    ['**/.env', '.env'],
  ])('%s matches %s', (glob, path) => expect(matches(glob, path)).toBe(true));

  test.each([
    ['*.key', 'a/b.key'],
    ['a/*', 'a/b/c'],
    ['a?c', 'a/c'],
    ['[!a]', '/'],
    ['**/*.key', 'a.keys'],
    ['a.c', 'abc'],
    ['*.KEY', 'a.key'],
  ])("%s doesn't match %s", (glob, path) => expect(matches(glob, path)).toBe(false));

  test.each(['', '{a', 'a}', '[a', 'x'.repeat(257)])('%.10s is refused', (glob) =>
    expect(globPattern(glob)).toBeNull(),
  );
});
