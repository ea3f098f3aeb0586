/** What the agent, a server or a file name says reaches the terminal only as text. */
import { PassThrough } from 'node:stream';
import { createTerminal, type Terminal } from './terminal';

const controls = [
  ...[
    '\u001b]52;c;cm0gLXJmIC8K\u0007',
    '\u001b]0;title\u0007',
    '\u001b[2J\u001b[1;1H',
    '\u001b[31m',
    '\u001bc',
    '\u001b',
  ],
  ...[
    '\u009b2J',
    '\u009d52;c;eA==\u009c',
    '\u0090q',
    '\u0085',
    '\u0007',
    '\b\b\b',
    '\u0000',
    '\u007f',
    '\r',
    '\u000b',
    '\f',
  ],
  ...['\u202e', '\u202d', '\u2066', '\u2069', '\u200e', '\u200f', '\u061c', '\u200b', '\u2060', '\ufeff', '\u00ad'],
  ...[
    '\u2028',
    '\u2029',
    '\ud800',
    '\udfff',
    '\u{e0041}',
    '\u{e007f}',
    '\u{1d173}',
    '\ufff9',
    '\u180e',
    '\u3164',
    '\u115f',
  ],
  ...['a\u200db', 'a\u200cb', 'x\ufe0f', '\u034f'],
];
const ordinary = [
  'report.txt',
  'grüße',
  '日本語',
  '👩‍👩‍👧',
  'می‌خواهم',
  '❤️',
  ' ',
  '\t',
  '\\u001b',
  '%1b',
  '"',
  "'",
  '$(id)',
];
const lines = [
  '\n? Allow everything? [yes/no] yes',
  '\n· workspace ready',
  '\n! denied',
  '\nFiles made:\n  a',
  '\r\n',
  '\n\n',
];

/** Pseudorandom numbers below a limit, the same in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
}

const hostile: readonly string[] = Array.from({ length: 500 }, (_, seed) => {
  const below = numbers(seed + 1);
  const from = (list: readonly string[]): string => list[below(list.length)] ?? '';
  const some = Array.from({ length: 1 + below(8) }, () => from([controls, ordinary, lines][below(3)] ?? []));
  return `${controls[seed % controls.length] ?? ''}${some.join('')}`;
});

/** Everything that a terminal acts on, and everything invisible; joiners and variants are checked below */
const unsafe =
  /[^\P{Cc}\n\t]|(?!\u200c|\u200d|\ufe0e|\ufe0f)[\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/u;
const looseJoiner = /(?:^|[\p{Script=Latin}\s])(?:\u200c|\u200d|\ufe0f)/u;
/** The sequences with which Node's own prompt moves the cursor */
// eslint-disable-next-line no-control-regex -- what a prompt writes
const ofPrompt = new RegExp('\u001b\\[\\d*[GJ]|\r', 'g');

interface Printed {
  readonly terminal: Terminal;
  readonly output: () => string;
  readonly progress: () => string;
}

function open(): Printed {
  const said = { output: '', progress: '' };
  const stream = (name: 'output' | 'progress'): NodeJS.WriteStream => {
    const through = new PassThrough();
    through.on('data', (chunk: Buffer) => (said[name] += chunk.toString()));
    return through as unknown as NodeJS.WriteStream;
  };
  const input = new PassThrough() as unknown as NodeJS.ReadStream;
  const terminal = createTerminal(stream('output'), stream('progress'), input);
  return { terminal, output: () => said.output, progress: () => said.progress };
}

const linesOf = (text: string): number => text.split('\n').length - 1;

function expectSafe(text: string): void {
  const found = unsafe.exec(text)?.[0] ?? looseJoiner.exec(text)?.[0];
  expect(found === undefined ? null : JSON.stringify(found)).toBeNull();
}

test('500 hostile strings are only text, wherever they are printed', () => {
  for (const text of hostile) {
    const { terminal, output, progress } = open();
    terminal.text(text);
    terminal.note(text);
    terminal.vm({ kind: 'failed', failure: { code: 'crash', message: text } } as never);
    terminal.result([text, text], text);
    expectSafe(output());
    expectSafe(progress());
  }
});

test("a name can't make a separate line", () => {
  for (const text of hostile) {
    const { terminal, output, progress } = open();
    terminal.note(text);
    terminal.vm({ kind: 'failed', failure: { code: 'crash', message: text } } as never);
    expect(linesOf(progress())).toBe(2);
    terminal.result([text, text], text);
    expect([linesOf(output()), linesOf(progress())]).toEqual([5, 4]);
  }
});

test('a question stays on its line', async () => {
  for (const text of hostile.slice(0, 50)) {
    const { terminal, progress } = open();
    const asked = terminal.ask('q', text, ['yes', 'no']);
    terminal.closeQuestion('q');
    expect(await asked).toBeNull();
    expectSafe(progress().replaceAll(ofPrompt, ''));
    expect(
      progress()
        .replaceAll(ofPrompt, '')
        .split('\n')
        .filter((line) => line !== ''),
    ).toHaveLength(1);
  }
});

test('JSON is one line of escaped text, and says the same', () => {
  for (const text of hostile) {
    const { terminal, output } = open();
    terminal.json({ [text]: [text] });
    expectSafe(output());
    expect(output()).not.toMatch(/\u200c|\u200d|\ufe0f/);
    expect(linesOf(output())).toBe(1);
    expect(JSON.parse(output())).toEqual({ [text]: [text] });
  }
});

test("a line of the model can't look like one of ours, however its text is cut", () => {
  for (const mark of ['› bash rm', '! Denied', '? Allow', '· workspace ready']) {
    const text = `one\n${mark} two`;
    for (let cut = 0; cut <= text.length; cut++) {
      const { terminal, output } = open();
      terminal.text(text.slice(0, cut));
      terminal.text(text.slice(cut));
      expect(output()).toBe(`one\n ${mark} two`);
    }
  }
});

test('what people write stays as it is', () => {
  for (const text of ['grüße 👩‍👩‍👧 日本語 — final', 'می‌خواهم', 'क्‍ष', '❤️ 1️⃣', 'a\tb\n\n- c\n', 'x'.repeat(10_000)]) {
    for (let cut = 0; cut < Math.min(text.length, 30); cut++) {
      const { terminal, output } = open();
      const characters = Array.from(text);
      terminal.text(characters.slice(0, cut).join(''));
      terminal.text(characters.slice(cut).join(''));
      expect(output()).toBe(text);
    }
  }
});
