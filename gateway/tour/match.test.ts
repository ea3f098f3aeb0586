import { findScenario } from './match';
import { scenarios } from './scenarios';

const found = (message: string): string | undefined => {
  const match = findScenario(scenarios, message);
  return match ? `${match.scenario.name}(${match.argument})` : undefined;
};

test.each([
  ['Summarise this folder', 'summarise-folder()'],
  ['please SUMMARIZE it', 'summarise-folder()'],
  ['What is in this folder?', 'summarise-folder()'],
  ['organise by type', 'organise-by-type()'],
  ['Tidy up, please', 'organise-by-type()'],
  ['make a csv report', 'csv-report()'],
  ['tour: run ls -la | wc -l', 'run(ls -la | wc -l)'],
  ['Tour:  run\ncat <<X\nsummarise\nX', 'run(cat <<X\nsummarise\nX)'],
  ['tour: run', 'run()'],
  ['tour: runaway', 'anything()'],
  ['tour: error 429', 'error(429)'],
  ['tour: summarise', 'anything()'],
  ['', 'anything()'],
  ['Who was Ada Lovelace?', 'anything()'],
])('%j matches %s', (message, expected) => {
  expect(found(message)).toBe(expected);
});

test('nothing matches when no scenario accepts anything', () => {
  expect(findScenario(scenarios.slice(0, 3), 'hello')).toBeNull();
});
