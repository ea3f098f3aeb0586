import type { Dialog, DialogAnswer } from '../../../schema/dialogs';
import { OpenDialogs } from './dialogs';

const confirm: Dialog = { id: 'q1', method: 'confirm', title: 'Delete?', message: '3 files' };
const select: Dialog = { id: 'q2', method: 'select', title: 'Which?', options: ['a', 'b'], timeoutMs: 1_000 };
const input: Dialog = { id: 'q3', method: 'input', title: 'Name?' };

function open(...dialogs: Dialog[]) {
  const told: unknown[] = [];
  const closed: unknown[] = [];
  const questions = new OpenDialogs((answer) => told.push(answer));
  questions.closed.add((event) => closed.push(event));
  for (const dialog of dialogs) questions.add(dialog);
  return { questions, told, closed };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => {
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});

test.each<[Dialog, DialogAnswer]>([
  [confirm, { confirmed: false }],
  [confirm, { cancelled: true }],
  [select, { value: 'a' }],
  [select, { cancelled: true }],
  [input, { value: '' }],
])('an answer that fits goes to pi and closes the question: $method %j', (dialog, answer) => {
  const { questions, told, closed } = open(dialog);
  expect(questions.answer(dialog.id, answer)).toBe(true);
  expect({ told, closed, open: questions.list }).toEqual({
    told: [{ type: 'extension_ui_response', id: dialog.id, ...answer }],
    closed: [{ id: dialog.id, reason: 'answered' }],
    open: [],
  });
  expect(questions.answer(dialog.id, answer)).toBe(false);
});

test.each<[Dialog, DialogAnswer]>([
  [confirm, { value: 'yes' }],
  [input, { confirmed: true }],
])("an answer that doesn't fit is refused, and the question stays open: $method %j", (dialog, answer) => {
  const { questions, told } = open(dialog);
  expect(() => questions.answer(dialog.id, answer)).toThrow(`A ${dialog.method} question can't be answered that way.`);
  expect([told, questions.list]).toEqual([[], [dialog]]);
});

test('a question that timed out in pi is closed, and pi gets no answer', () => {
  const { questions, told, closed } = open(confirm, select);
  jest.advanceTimersByTime(999);
  expect(questions.list).toEqual([confirm, select]);
  jest.advanceTimersByTime(1);
  expect({ told, closed, open: questions.list }).toEqual({
    told: [],
    closed: [{ id: 'q2', reason: 'timed_out' }],
    open: [confirm],
  });
});

test('cancels all, in the order they were asked', () => {
  const { questions, told, closed } = open(confirm, select, input);
  questions.cancelAll('aborted');
  questions.cancelAll('aborted');
  expect(told).toEqual(['q1', 'q2', 'q3'].map((id) => ({ type: 'extension_ui_response', id, cancelled: true })));
  expect(closed).toEqual(['q1', 'q2', 'q3'].map((id) => ({ id, reason: 'aborted' })));
});

test("answers a question to the host itself like an input, and doesn't list it", () => {
  const { questions, told } = open();
  questions.addUnseen('acts');
  expect(questions.list).toEqual([]);
  expect(questions.answer('acts', { value: '{}' })).toBe(true);
  expect(told).toEqual([{ type: 'extension_ui_response', id: 'acts', value: '{}' }]);
});
