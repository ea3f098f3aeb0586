import { parseArgs } from 'node:util';
import { optionProblem } from './option-problem';

const options = { folder: { type: 'string', short: 'f' }, json: { type: 'boolean' } } as const;

test.each([
  [['--frob'], 'There is no option --frob.'],
  [['--frob=1'], 'There is no option --frob.'],
  [['-x'], 'There is no option -x.'],
  [['--folder'], '--folder needs a value.'],
  [['--folder', '--json'], '--folder needs a value.'],
  [['--json=1'], '--json takes no value.'],
])('%j: %s', (args, words) => {
  let problem = '';
  try {
    parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    problem = optionProblem(error);
  }
  expect(problem).toBe(words);
});
