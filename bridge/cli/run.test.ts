import type { CliIo } from './cli-io';
import { runBridgeCli } from './run';

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly errors: string;
  readonly files: ReadonlyMap<string, string>;
}

async function run(words: readonly string[], given: Readonly<Record<string, string>>): Promise<Ran> {
  const files = new Map(Object.entries(given));
  const out: string[] = [];
  const errors: string[] = [];
  const inFolder = ['/task/a.txt', '/task/b.txt'];
  const io: CliIo = {
    readText: async (path) => files.get(path) ?? null,
    writeText: async (path, text) => void files.set(path, text),
    writeBytes: async (path, bytes) => void files.set(path, `${bytes.byteLength} bytes`),
    absolute: () => '/task',
    look: {
      kindOf: (path) => (inFolder.includes(path) ? 'file' : path === '/task' ? 'directory' : null),
      namesIn: () => ['a.txt', 'b.txt'],
    },
    print: (line) => void out.push(line),
    complain: (line) => void errors.push(line),
  };
  const code = await runBridgeCli(words, io);
  return { code, out: out.join('\n'), errors: errors.join('\n'), files };
}

const good = `{:Extension {:name "guard" :version 2}
 :On [{:name "acts" :event :tool-call :when {:acts {:any [:delete]}} :do (ask-act {:of [:delete]})}
      {:name "keys" :event :tool-call :tool "read" :when {:path {:glob "**/*.key"}} :do (block {:reason "{input.path} is a key"})}]}`;

const event = (input: unknown, tool = 'bash'): string => JSON.stringify({ event: 'tool-call', tool, input });

describe('check', () => {
  test('says what a behaviour contains', async () => {
    const { code, out } = await run(['check', 'g.edn'], { 'g.edn': good });
    expect(code).toBe(0);
    expect(out).toMatch(
      /^g\.edn: guard 2, 2 rules\n {2}:tool-call \(gate, answered within 150 s\)\n {2}digest [0-9a-f]{64}$/,
    );
  });

  test('prints every mistake with its line and a mark', async () => {
    const { code, errors } = await run(['check', 'g.edn'], {
      'g.edn': '{:Extension {:name "x"}\n :Include ["more.edn"]\n :On [{:event :tool-call :whn {} :do (blok {})}]}',
      'more.edn': '{:Patterns {:a "("}}',
    });
    expect(code).toBe(1);
    expect(errors.split('\n')).toEqual([
      'more.edn:1:16: not a regular expression: missing closing ): `(`',
      ' 1 | {:Patterns {:a "("}}',
      '   |                ^',
      'g.edn:3:26: unknown key :whn in a rule; did you mean :when?',
      ' 3 |  :On [{:event :tool-call :whn {} :do (blok {})}]}',
      '   |                          ^',
      'g.edn:3:39: there is no action (blok …); did you mean block?',
      ' 3 |  :On [{:event :tool-call :whn {} :do (blok {})}]}',
      '   |                                       ^',
      '3 problems',
    ]);
  });

  test('names an include that is missing or goes in a circle', async () => {
    const files = {
      'r/g.edn': '{:Extension {:name "x"} :Include ["a.edn" "gone.edn"]}',
      'r/a.edn': '{:Include ["g.edn"]}',
    };
    const { errors } = await run(['check', 'r/g.edn'], files);
    expect(errors).toContain(`r/g.edn:1:43: the included file "r/gone.edn" doesn't exist`);
    expect(errors).toContain('r/a.edn:1:12: these files include each other: r/g.edn → r/a.edn → r/g.edn');
  });
});

describe('explain', () => {
  test('looks up what a command would touch, and follows both answers', async () => {
    const words = ['explain', 'g.edn', '--event', event({ command: 'rm a.txt b.txt' })];
    const { code, out } = await run(words, { 'g.edn': good });
    expect(code).toBe(0);
    expect(out.split('\n')).toEqual([
      'fires   acts (g.edn:2)',
      '    yes  :acts {:any [:delete]}   found delete 1, delete 1',
      'does not keys (g.edn:3)',
      '    no   all of',
      '      no   :tool "read"   found "bash"',
      '      no   :path {:glob "**/*.key"}   found ["/task/a.txt","/task/b.txt"]',
      'what follows:',
      expect.stringContaining('  ask-act {"sentence":"delete 2 files","acts":[{"kind":"delete","path":"/task/a.txt"'),
      '  yes:',
      '    → continues unchanged',
      '  no:',
      '    → blocked: The question was cancelled.   (acts)',
    ]);
  });

  test.each([
    ['no JSON', '{', "The event isn't JSON"],
    ['an unknown event', '{"event":"tool-cal"}', 'There is no event "tool-cal"; did you mean tool-call?'],
    ['no event', '[]', "That isn't an event"],
  ])('refuses %s with a message', async (_, text, message) => {
    const { code, errors } = await run(['explain', 'g.edn', '--event', text], { 'g.edn': good });
    expect([code, errors]).toEqual([2, expect.stringContaining(message)]);
  });
});

describe('trace', () => {
  const recording = [
    { event: { event: 'tool_call', tool: 'bash', input: { command: 'ls' } }, decision: {} },
    { event: { event: 'tool_call', tool: 'read', input: { path: 'x/a.key' } }, decision: { verdict: 'none' } },
    {
      event: { event: 'tool_call', tool: 'bash', input: {}, acts: [{ kind: 'delete', path: '/mnt/workdir/a' }] },
      decision: { verdict: 'none', asked: [{ kind: 'ask-act', isYes: true }] },
    },
    {
      event: { event: 'tool_call', tool: 'bash', input: {}, acts: [{ kind: 'delete' }], sentence: 'delete a' },
      decision: {},
    },
  ]
    .map((line) => JSON.stringify(line))
    .join('\n');

  test('shows what would have been different', async () => {
    const { code, out } = await run(['trace', 'r.jsonl', '--behaviour', 'g.edn'], {
      'g.edn': good,
      'r.jsonl': recording,
    });
    expect(code).toBe(1);
    expect(out.split('\n')).toEqual([
      '2  :tool-call read x/a.key',
      '    was  continues unchanged',
      '    now  blocked: x/a.key is a key   (keys)',
      '4  :tool-call bash',
      '    was  continues unchanged',
      '    now  asks: delete a   (acts)',
      '4 events, 2 different',
    ]);
  });

  test("names a line that can't be read", async () => {
    const { code, errors } = await run(['trace', 'r', '--behaviour', 'g.edn'], { 'g.edn': good, r: '{}\n' });
    expect([code, errors]).toEqual([2, expect.stringContaining("Line 1 of the recording: That isn't an event")]);
  });
});

describe('fmt and manifest', () => {
  test('fmt writes the file, and with --check only reports', async () => {
    const files = { 'g.edn': '{ :a   1 }' };
    expect(await run(['fmt', 'g.edn', '--check'], files)).toMatchObject({ code: 1 });
    const { code, files: after } = await run(['fmt', 'g.edn'], files);
    expect([code, after.get('g.edn')]).toEqual([0, '{:a 1}\n']);
    expect(await run(['fmt', 'g.edn', '--check'], { 'g.edn': '{:a 1}\n' })).toMatchObject({ code: 0, errors: '' });
  });

  test('formatting does not change what a behaviour does', async () => {
    const digest = async (text: string) => (await run(['check', 'g.edn'], { 'g.edn': text })).out.split('digest ')[1];
    const { files } = await run(['fmt', 'g.edn'], { 'g.edn': good });
    expect(files.get('g.edn')).not.toBe(good);
    expect(await digest(files.get('g.edn') ?? '')).toBe(await digest(good));
  });

  test('prints the manifest, or writes it as a message', async () => {
    const { out } = await run(['manifest', 'g.edn'], { 'g.edn': good });
    expect(JSON.parse(out)).toMatchObject({ name: 'guard', version: '2', events: [{ name: 'tool_call' }] });
    const { files } = await run(['manifest', 'g.edn', '--out', 'g.bin'], { 'g.edn': good });
    expect(files.get('g.bin')).toMatch(/^\d+ bytes$/);
  });
});

describe("words that don't form a command", () => {
  test.each([
    [['chek', 'g.edn'], 'There is no "bridge chek".'],
    [['check'], '"bridge check" takes one file.'],
    [['check', 'g.edn', '--out', 'x'], '"bridge check" takes no --out.'],
    [['check', '--nonsense'], 'There is no option --nonsense.'],
    [['trace', 'r.jsonl'], 'Name the behaviour: --behaviour FILE'],
    [['explain', 'g.edn'], 'Give the event'],
  ])('%j', async (words, message) => {
    const { code, errors } = await run(words, { 'g.edn': good });
    expect([code, errors]).toEqual([2, expect.stringContaining(message)]);
  });
});
