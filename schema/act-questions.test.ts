import { actQuestionOf, actQuestionTitle } from './act-questions';

const question = { program: 'rm a', acts: [{ kind: 'delete', path: 'a', to: null }] };

test('a dialog of pi is the question in its placeholder', () => {
  expect(actQuestionOf(actQuestionTitle, JSON.stringify(question))).toEqual(question);
});

test.each([
  ['Name?', JSON.stringify(question)],
  [actQuestionTitle, undefined],
  [actQuestionTitle, '{'],
  [actQuestionTitle, JSON.stringify({ ...question, acts: [] })],
  [actQuestionTitle, JSON.stringify({ ...question, more: 1 })],
  [actQuestionTitle, JSON.stringify({ ...question, acts: [{ kind: 'burn', path: 'a', to: null }] })],
])('%s with %s is an ordinary dialog', (title, placeholder) => {
  expect(actQuestionOf(title, placeholder)).toBeNull();
});
