import { answeredBy } from './answered';

const ran = (output: string, exitCode: number | null = 0) => ({
  ...{ success: true, output, wall_time: 0.21, exit_code: exitCode, is_exited: true },
});
const asked = { shown: '', hasFailed: false };

test.each([
  ['a hook', { ...asked, report: ran('a\n') }, { text: 'a\n', isError: false }],
  ['a hook, failed', { ...asked, report: ran('no\n', 2) }, { text: 'no\n', isError: true }],
  [
    'over ACP',
    { ...asked, report: { status: 'success', tool: 'exec_command', result: ran('') } },
    { text: '', isError: false },
  ],
  ['as text', { ...asked, report: undefined, shown: JSON.stringify(ran('b', null)) }, { text: 'b', isError: false }],
  ['of MCP', { ...asked, report: { content: [{ type: 'text', text: 'c' }] } }, { text: 'c', isError: false }],
  [
    'refused',
    { report: { status: 'error', message: 'policy' }, shown: 'x', hasFailed: true },
    { text: 'policy', isError: true },
  ],
  [
    'a file',
    { ...asked, report: { status: 'success', content: 'one' }, shown: 'one' },
    { text: 'one', isError: false },
  ],
])("%s: finds the tool's answer in its report", (_, reported, answered) => {
  expect(answeredBy(reported)).toEqual(answered);
});
