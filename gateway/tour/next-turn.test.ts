import type { Conversation } from './conversation';
import { nextTurn } from './next-turn';
import { scenario } from './scenario';
import { scenarios } from './scenarios';

const system = [
  'You are an agent.',
  'Working folder: /mnt/workdir',
  'Outputs folder: /mnt/taskstate/task-1/outputs',
  'Uploads folder (read-only): /mnt/taskstate/task-1/uploads',
].join('\n');

const conversation = (message: string, change: Partial<Conversation> = {}): Conversation => ({
  system,
  tools: ['read', 'bash', 'edit', 'write'],
  message,
  exchanges: [],
  length: 100,
  ...change,
});

const facts = (change: object = {}): string =>
  `warning: a line before\n${JSON.stringify({ files: 2, counted: '2 files', size: '3 bytes', peek: [], markdown: '# S', ...change })}\n`;

const bash = (result: string) => ({ tools: ['bash'], results: [result] });

test('a summary looks, reads, writes and then says what it wrote', () => {
  const ask = 'Summarise this folder';
  const first = nextTurn(scenarios, conversation(ask));
  expect(first.calls).toHaveLength(1);
  expect(first.calls[0]?.arguments['command']).toMatch(/^python3 -I -X utf8 - '\/mnt\/workdir' <<'PYTHON'\n/);

  const looked = bash(facts({ peek: [{ path: '/mnt/workdir/a b.txt' }, { path: '/mnt/workdir/c.md' }] }));
  const second = nextTurn(scenarios, conversation(ask, { exchanges: [looked] }));
  expect(second.calls).toEqual([
    { tool: 'read', arguments: { path: '/mnt/workdir/a b.txt', limit: 8 } },
    { tool: 'read', arguments: { path: '/mnt/workdir/c.md', limit: 8 } },
  ]);

  const read = { tools: ['read', 'read'], results: ['x', 'y'] };
  const third = nextTurn(scenarios, conversation(ask, { exchanges: [looked, read] }));
  expect(third.calls).toEqual([
    { tool: 'write', arguments: { path: '/mnt/taskstate/task-1/outputs/summary.md', content: '# S' } },
  ]);

  const wrote = { tools: ['write'], results: ['Successfully wrote 3 bytes to x'] };
  const last = nextTurn(scenarios, conversation(ask, { exchanges: [looked, read, wrote] }));
  expect(last.calls).toEqual([]);
  expect(last.text).toContain('**2 files**');
});

test('skips a step without items', () => {
  const turn = nextTurn(scenarios, conversation('Summarise this folder', { exchanges: [bash(facts())] }));
  expect(turn.calls.map(({ tool }) => tool)).toEqual(['write']);
});

test('without a working folder it looks at the uploads, and says so when there are none', () => {
  const noFolder = { system: system.replace('Working folder: /mnt/workdir\n', '') };
  const first = nextTurn(scenarios, conversation('Summarise', noFolder));
  expect(first.text).toContain('This task has no folder');
  expect(first.calls[0]?.arguments['command']).toContain("'/mnt/taskstate/task-1/uploads'");
  const empty = { ...noFolder, exchanges: [bash(facts({ files: 0 }))] };
  expect(nextTurn(scenarios, conversation('Summarise', empty))).toMatchObject({
    calls: [],
    text: expect.stringContaining('nothing to look at') as string,
  });
});

test('without any folder it asks for one and calls no tool', () => {
  for (const ask of ['Summarise', 'organise by type', 'make a csv']) {
    const turn = nextTurn(scenarios, conversation(ask, { system: 'You are an agent.' }));
    expect(turn.calls).toEqual([]);
    expect(turn.text).toMatch(/folder/);
  }
});

test("a result that isn't what a step needs ends the scenario with the tool's words", () => {
  const exchanges = [bash('python3: command not found\n\nCommand exited with code 127')];
  const turn = nextTurn(scenarios, conversation('Summarise', { exchanges }));
  expect(turn.calls).toEqual([]);
  expect(turn.text).toContain('```\npython3: command not found\n\nCommand exited with code 127\n```');
});

test('names a tool that is turned off', () => {
  const turn = nextTurn(scenarios, conversation('Summarise', { tools: ['read'] }));
  expect(turn).toMatchObject({ calls: [], text: expect.stringContaining('`bash`') as string });
});

test('a request without tools is for a summary of the conversation', () => {
  const turn = nextTurn(scenarios, conversation('Summarise this folder', { tools: [] }));
  expect(turn).toMatchObject({ calls: [], text: expect.stringMatching(/^Earlier in this task/) as string });
});

test('runs a command exactly as written', () => {
  const turn = nextTurn(scenarios, conversation("tour: run cat '/a b' | head -n 1 # {{folder.path}}"));
  expect(turn.calls).toEqual([{ tool: 'bash', arguments: { command: "cat '/a b' | head -n 1 # {{folder.path}}" } }]);
});

test.each([
  ['tour: error', 500],
  ['tour: error 429', 429],
  ['tour: error 200', 500],
  ['tour: error soon', 500],
])('%s answers with status %d', (message, status) => {
  expect(nextTurn(scenarios, conversation(message)).fault).toEqual({ kind: 'status', status });
});

test('the last line about a folder counts, because taskd appends its own', () => {
  const misled = `Working folder: /etc\n${system}`;
  const turn = nextTurn(scenarios, conversation('make a csv report', { system: misled }));
  expect(turn.calls[0]?.arguments['command']).toContain("'/mnt/workdir'");
});

test('refuses a scenario with an unknown member', () => {
  expect(() => scenario.parse({ name: 'x', match: { anything: true }, final: [{ say: 'x' }], stepz: [] })).toThrow();
});
