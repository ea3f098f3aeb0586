import { gatedCalls, toldCall } from './calls';

const plain = (tool: string, input: Readonly<Record<string, unknown>>) =>
  gatedCalls(tool, input).map(({ tool: name, input: fields }) => ({ name, ...fields }));

test.each([
  [
    'exec_command',
    { cmd: 'ls', command: 'ls', action: 'run', workdir: 'a' },
    [{ name: 'bash', command: 'ls', workdir: 'a' }],
  ],
  ['write_stdin', { session_id: 1, chars: 'rm a\n' }, [{ name: 'bash', command: 'rm a\n' }]],
  ['write_stdin', { session_id: 1, chars: '' }, [{ name: 'write_stdin', session_id: 1, chars: '' }]],
  ['read_file', { path: 'a', limit: 3 }, [{ name: 'read', path: 'a', limit: 3 }]],
  ['list_files', {}, [{ name: 'ls', path: '.' }]],
  ['mcp::piwork::word_count', { text: 'a' }, [{ name: 'word_count', text: 'a' }]],
  ['mcp__piwork__word_count', { text: 'a' }, [{ name: 'word_count', text: 'a' }]],
  ['mcp::other::word_count', {}, [{ name: 'mcp::other::word_count' }]],
  ['web_fetch', { url: 'x' }, [{ name: 'web_fetch', url: 'x' }]],
])('converts %s to what rules know', (tool, input, calls) => {
  expect(plain(tool, input)).toEqual(calls);
});

test('a patch becomes what it does to each file, and is reported as one edit', () => {
  const input = {
    input: [
      ...['*** Begin Patch', '*** Add File: new.txt', '+*** Delete File: no.txt', '*** Update File: a b.txt'],
      ...["*** Move to: it's.txt", '@@', '-x', '+y', '*** Delete File: old.txt', '*** End Patch'],
    ].join('\n'),
  };
  expect(plain('apply_patch', input)).toEqual([
    { name: 'write', path: 'new.txt' },
    { name: 'edit', path: 'a b.txt' },
    { name: 'bash', command: "mv -- 'a b.txt' 'it'\\''s.txt'" },
    { name: 'bash', command: "rm -- 'old.txt'" },
  ]);
  expect(toldCall('apply_patch', input).tool).toBe('edit');
  expect(plain('apply_patch', { input: 'no patch' })).toEqual([{ name: 'apply_patch', input: 'no patch' }]);
});

test('converts a changed command back for VTCode', () => {
  const [call] = gatedCalls('exec_command', { cmd: 'make', command: 'make', action: 'run', workdir: 'a' });
  expect(call?.back?.({ command: 'make -s', workdir: 'a' })).toEqual({ cmd: 'make -s', workdir: 'a' });
});
