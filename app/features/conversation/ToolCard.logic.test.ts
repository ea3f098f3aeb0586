import { failureLine, plainPath, toolIcon, toolInput, toolLine } from './ToolCard.logic';

const line = (
  toolName: string,
  args: Record<string, unknown>,
  status: Parameters<typeof toolLine>[0]['status'] = 'done',
) => toolLine({ toolName, args, status });

test.each([
  ['read', { path: 'notes.txt' }, 'done', 'Read notes.txt'],
  ['read', { path: '/mnt/workdir/a/b.txt' }, 'running', 'Reading a/b.txt'],
  ['read', { path: 'gone.txt' }, 'failed', "Couldn't read gone.txt"],
  ['bash', { command: 'find . -type f' }, 'done', 'Ran find . -type f'],
  ['bash', { command: 'find . -type f' }, 'running', 'Running find . -type f'],
  ['bash', { command: 'cat <<EOF\nhello\nEOF' }, 'done', 'Ran cat <<EOF …'],
  ['bash', { command: "python3 -I - '/mnt/workdir' <<'PYTHON'\nimport json\nPYTHON" }, 'done', 'Ran python3 script'],
  ['write', { path: '/mnt/taskstate/t-1/outputs/summary.md', content: '' }, 'done', 'Created summary.md'],
  ['edit', { path: './src/main.ts' }, 'done', 'Changed src/main.ts'],
  ['ls', {}, 'done', 'Listed the folder'],
  ['ls', { path: '/mnt/workdir' }, 'done', 'Listed the folder'],
  ['ls', { path: '/mnt/taskstate/t-1/uploads' }, 'running', 'Listing the uploads'],
  ['grep', { pattern: 'TODO', path: 'src' }, 'done', 'Searched for TODO in src'],
  ['find', { pattern: '*.md' }, 'done', 'Looked for *.md'],
  ['read', {}, 'pending', 'Reading …'],
  ['weather', { city: 'Graz' }, 'done', 'Used weather: Graz'],
  ['weather', {}, 'running', 'Using weather'],
  ['constructor', {}, 'done', 'Used constructor'],
] as const)('%s %j, %s: %s', (toolName, args, status, expected) => {
  expect(line(toolName, args, status)).toBe(expected);
});

test('a long command is cut', () => {
  const words = line('bash', { command: 'x'.repeat(500) });
  expect(words).toHaveLength('Ran '.length + 160 + ' …'.length);
});

test('paths are shown as the person knows them', () => {
  expect(['.', './', '/mnt/workdir/', '/etc/hosts', '/mnt/workdirx/a', './a/b'].map(plainPath)).toEqual([
    'the folder',
    'the folder',
    'the folder',
    '/etc/hosts',
    '/mnt/workdirx/a',
    'a/b',
  ]);
});

test('arguments are shown in the form that is easiest to read', () => {
  expect(toolInput({ toolName: 'bash', args: { command: 'ls' } })).toEqual({ kind: 'command', text: 'ls' });
  expect(toolInput({ toolName: 'write', args: { path: 'a.md', content: '# A' } })).toEqual({
    kind: 'content',
    path: 'a.md',
    text: '# A',
  });
  expect(toolInput({ toolName: 'edit', args: { path: 'a', oldText: 'x', newText: 'y' } })).toEqual({
    kind: 'edits',
    edits: [{ before: 'x', after: 'y' }],
  });
  expect(
    toolInput({ toolName: 'edit', args: { path: 'a', edits: [{ oldText: 'x', newText: '' }, { odd: 1 }] } }),
  ).toEqual({ kind: 'edits', edits: [{ before: 'x', after: '' }] });
  expect(toolInput({ toolName: 'read', args: { path: 'a', limit: 4 } })).toEqual({
    kind: 'fields',
    fields: [
      ['path', 'a'],
      ['limit', '4'],
    ],
  });
});

test('the first line with words says why it failed', () => {
  expect([failureLine('\n\n  no such file\nmore'), failureLine('')]).toEqual(['no such file', 'No reason given.']);
  expect(failureLine('one line so far\n\nCommand aborted')).toBe('stopped');
});

test('unknown tools have an icon too', () =>
  expect([toolIcon('bash'), toolIcon('toString')]).toEqual(['run', 'other']));
