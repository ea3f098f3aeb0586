import { BehaviourError } from '../source/problem';
import type { EdnNode } from './node';
import { parseEdn } from './parse';
import { randomText, seededRandom, type Random } from './random-edn';

const parse = (text: string): EdnNode => parseEdn({ file: 'f.edn', text });

function problem(text: string): string {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof BehaviourError) return error.message;
    throw error;
  }
  return 'no problem';
}

describe('values', () => {
  test.each([
    ['nil', { kind: 'nil' }],
    ['true', { kind: 'boolean', value: true }],
    ['-12', { kind: 'integer', value: -12 }],
    ['+0', { kind: 'integer', value: 0 }],
    ['1.5e-3', { kind: 'float', value: 0.0015 }],
    ['"a\\n\\"\\\\\\u00e9"', { kind: 'string', value: 'a\n"\\é' }],
    ['"\\ud83d\\ude00"', { kind: 'string', value: '😀' }],
    [':input.command', { kind: 'keyword', name: 'input.command' }],
    ['set-status', { kind: 'symbol', name: 'set-status' }],
    ['; only\n [1, 2 #_3] ; this', { kind: 'vector', items: [{ value: 1 }, { value: 2 }] }],
    ['{:a (b) #_:c #_1}', { kind: 'map', entries: [{ key: { name: 'a' }, value: { kind: 'list' } }] }],
  ])('%s', (text, node) => expect(parse(text)).toMatchObject(node));

  test('places count characters from 1, whatever their size in bytes', () => {
    const node = parse('\uFEFF["é😀" ab\n  :c]');
    if (node.kind !== 'vector') throw new Error('no vector');
    expect(node.items.map(({ at }) => [at.line, at.column])).toEqual([
      [1, 2],
      [1, 7],
      [2, 3],
    ]);
  });
});

describe('every mistake has its place and says what was expected', () => {
  test.each([
    ['', 'f.edn:1:1: the file is empty: expected a map, { … }'],
    ['{} {}', 'f.edn:1:4: the file already has its value: remove everything after it'],
    ['{:a [1\n 2}', 'f.edn:2:3: expected "]" to close the "[" of line 1, column 5, found "}"'],
    ['(a', 'f.edn:1:1: the "(" that opens here isn\'t closed: expected ")"'],
    [']', 'f.edn:1:1: "]" has nothing to close'],
    ['{:a 1 :b}', 'f.edn:1:7: this key has no value: in a map, a value follows each key'],
    ['{:a 1\n :a 2}', 'f.edn:2:2: this key appears twice in the map, first in line 1'],
    ['"abc', 'f.edn:1:1: the string that starts here isn\'t closed: expected "'],
    ['"a\\s"', 'f.edn:1:3: unknown escape "\\s" in a string; a regular expression is written "\\\\s" here'],
    ['"\\u12g4"', 'f.edn:1:4: expected four hexadecimal digits after \\u'],
    ['"\\ud800"', 'f.edn:1:1: the string contains half of a surrogate pair (\\uD800 to \\uDFFF)'],
    ['007', `f.edn:1:1: "007" isn't a number`],
    ['1/2', `f.edn:1:1: "1/2" isn't a number`],
    ['9007199254740992', 'f.edn:1:1: "9007199254740992" is too large'],
    ['1e999', 'f.edn:1:1: "1e999" is too large'],
    ['a/b', 'f.edn:1:1: "a/b": namespaces aren\'t part of this language'],
    [':', `f.edn:1:1: ":" isn't a keyword`],
    ['#{1}', "f.edn:1:1: sets aren't part of this language: write a vector, [ … ]"],
    ['#inst "x"', 'f.edn:1:1: expected "_" after "#": tagged literals aren\'t part of this language'],
    ['[#_]', 'f.edn:1:2: expected a form after "#_"'],
    ['\\a', 'f.edn:1:1: unexpected "\\": expected a value'],
    ['\u0000', 'f.edn:1:1: unexpected "U+0000": expected a value'],
    ['['.repeat(65), 'f.edn:1:65: nesting is at most 64 deep'],
    ['#_#_a b', `f.edn:1:3: "#_" can't come before another "#_": put one before each form`],
    ['#_;c\na b', 'f.edn:1:3: no comment can come between "#_" and its form'],
    ['#_['.repeat(40), 'f.edn:1:97: nesting is at most 64 deep'],
    [`[${'1 '.repeat(50_000)}]`, 'f.edn:1:100000: a file has at most 50000 forms'],
    [' '.repeat(256 * 1024 + 1), 'f.edn:1:1: the file is over 256 KiB'],
  ])('%.30s', (text, message) => expect(problem(text)).toBe(message));
});

describe('throws only its own error', () => {
  const harmless = (text: string): void => {
    const message = problem(text);
    expect(message).toMatch(/^(no problem|f\.edn:\d+:\d+: .+)$/u);
  };

  test('for random bytes', () => {
    const random = seededRandom(1);
    for (let round = 0; round < 2000; round += 1) {
      const bytes = Uint8Array.from({ length: random(60) }, () => random(256));
      harmless(new TextDecoder().decode(bytes));
    }
  });

  test('for random characters of the language', () => {
    const random = seededRandom(2);
    const characters = [
      '\ud800',
      '\udc00',
      '\u2028',
      ...'{ } [ ] ( ) " \\ # _ ; : a b 1 - + . e / , \n'.split(' '),
      ' ',
    ];
    for (let round = 0; round < 5000; round += 1) {
      harmless(Array.from({ length: random(40) }, () => characters[random(characters.length)]).join(''));
    }
  });

  test('for valid files with a random change', () => {
    for (let seed = 1; seed <= 1000; seed += 1) {
      const random = seededRandom(seed);
      harmless(mutated(randomText(random), random));
    }
  });
});

function mutated(text: string, random: Random): string {
  const at = random(text.length);
  const to = at + random(10);
  const kind = random(4);
  if (kind === 0) return text.slice(0, at);
  if (kind === 1) return text.slice(0, at) + text.slice(to);
  if (kind === 2) return text.slice(0, to) + text.slice(at);
  return text.slice(0, at) + String.fromCharCode(random(0x2100)) + text.slice(at);
}
