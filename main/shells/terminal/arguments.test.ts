import { knownProviders } from '../../providers/known-providers';
import { parseCommand, usage, UsageError } from './arguments';

const lines = usage.split('\n').filter((line) => line.startsWith('  '));

/** Everything documented, with sample words in place of names. */
const documented: readonly (readonly [string, string])[] = [
  ['--browser', 'open'],
  ['run --folder DIR --model ID --json --allow delete,rename --allow change --review PROMPT', 'run'],
  ['review --task ID --json', 'review'],
  ['apply --task ID --json FILE FILE', 'apply'],
  ['discard --task ID --json FILE FILE', 'discard'],
  ['turns --task ID --json', 'turns'],
  ['changes --task ID --turn 3 --json', 'changes'],
  ['undo --task ID --turn 3 --json FILE FILE', 'undo'],
  ['redo --task ID --turn 3 --json', 'redo'],
  ['state', 'state'],
  ['doctor', 'doctor'],
  ['stop', 'stop'],
  ['help', 'help'],
  ['provider add NAME --base-url URL --api openai-completions --model ID --model ID', 'provider-add'],
  ['provider list', 'provider-list'],
  ['provider test NAME', 'provider-test'],
  ['provider remove NAME', 'provider-remove'],
  ['bridge check FILE', 'bridge'],
];

const namedIn = (text: string): string[] => text.match(/--[a-z][a-z-]*/g) ?? [];

test.each(documented)('%s', (words, kind) => {
  expect(parseCommand(words.split(' ')).kind).toBe(kind);
});

test('help names each of these commands and options, and no others', () => {
  const parsed = new Set(documented.flatMap(([words]) => namedIn(words)));
  expect(new Set(lines.flatMap(namedIn))).toEqual(parsed);
  const commands = new Set(documented.map(([words]) => words.split(' ')[0] ?? ''));
  for (const command of commands) expect(usage).toMatch(new RegExp(`(^|[\\s|"])${command}\\b`, 'm'));
  const offered = lines.flatMap((line) => /npm start -- ([a-z]+(?: \| [a-z]+)*)/.exec(line)?.[1]?.split(' | ') ?? []);
  const alternatives = lines.flatMap((line) =>
    [...line.matchAll(/\| (?<word>[a-z]+)/g)].map((match) => match[1] ?? ''),
  );
  const providerWords = ['test', 'remove'];
  for (const word of [...offered, ...alternatives.filter((one) => !providerWords.includes(one))]) {
    expect(commands).toContain(word);
  }
});

const listedUnder = (command: string): Set<string> =>
  new Set(documented.filter(([words]) => words.split(' ')[0] === command).flatMap(([words]) => namedIn(words)));

test.each(['run', 'review', 'apply', 'discard', 'turns', 'changes', 'undo', 'redo', 'provider'])(
  "%s accepts no option that isn't listed",
  (command) => {
    const all = [...new Set(documented.flatMap(([words]) => namedIn(words))), '--verbose', '--force'];
    const others = all.filter((option) => !listedUnder(command).has(option) && option !== '--browser');
    for (const option of others) {
      const words = command === 'provider' ? ['provider', 'add', 'NAME'] : [command, 'PROMPT'];
      expect(() => parseCommand([...words, option, 'value'])).toThrow(UsageError);
    }
  },
);

test("a key isn't accepted as an argument", () => {
  expect(() => parseCommand(['provider', 'add', 'NAME', '--key', 'secret'])).toThrow(/other programs can read it/);
});

const problemOf = (...words: string[]): string => {
  try {
    return parseCommand(words).kind;
  } catch (error) {
    return error instanceof UsageError ? error.message : String(error);
  }
};

test.each([
  [['run', '--frob', 'x'], 'There is no option --frob.'],
  [['run', '--folder'], '--folder needs a value.'],
  [['turns', '--json=x'], '--json takes no value.'],
  [['frob'], 'There is no command "frob".'],
  [['stop', 'now'], '"stop" takes no arguments.'],
  [['doctor', '--json'], 'There is no option --json.'],
  [['provider'], 'Say what to do with providers, such as: npm start -- provider list'],
  [['provider', 'frob'], 'There is no "provider frob". Use add, list, test or remove.'],
  [['provider', 'list', 'x'], '"provider list" takes no arguments.'],
  [['provider', 'test'], 'Name one provider, such as: npm start -- provider test openai'],
])('%j: %s', (words, sentence) => {
  expect(problemOf(...words)).toBe(sentence);
});

test('--help and -h show the help of every command, but a prompt may contain them', () => {
  for (const command of ['run', 'undo', 'provider', 'stop', '--browser'])
    for (const word of ['--help', '-h']) expect(problemOf(command, word)).toBe('help');
  expect(problemOf('run', '--', '--help')).toBe('run');
});

test('the models in the help exist', () => {
  const named = usage.match(/\b(anthropic|openai|google|openrouter)\/[\w./-]+/g) ?? [];
  expect(named).not.toEqual([]);
  const known = knownProviders.flatMap(({ name, models }) => models.map(({ id }) => `${name}/${id}`));
  for (const model of named) expect(known).toContain(model);
});
