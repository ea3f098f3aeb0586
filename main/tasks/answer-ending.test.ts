import { answerEnd, type AnswerEnd } from './answer-ending';

const end = (change: Partial<AnswerEnd>): AnswerEnd => ({ stopReason: 'stop', isEmpty: false, ...change });
const error = (errorMessage: string, rawReason?: string): AnswerEnd =>
  end({ stopReason: 'error', errorMessage, rawReason });

test.each<[string, AnswerEnd]>([
  ['a whole answer', end({})],
  ['an answer that goes on with tools', end({ stopReason: 'toolUse', isEmpty: true })],
  ['a run that was stopped', end({ stopReason: 'aborted', errorMessage: 'This operation was aborted' })],
])('%s has no sentence', (_name, answer) => {
  expect(answerEnd(answer)).toEqual({});
});

test.each<[string, AnswerEnd, string]>([
  ['cut', end({ stopReason: 'length' }), 'cut off at the model'],
  ['empty', end({ isEmpty: true }), 'without an answer'],
  ['filtered', error('Provider finish_reason: content_filter', 'content_filter'), 'content filter'],
  ['filtered', error('Response incomplete: content_filter', 'incomplete.content_filter'), 'content filter'],
  ['filtered', error('Provider stopped with: SAFETY', 'SAFETY'), 'content filter'],
  ['refused', error('The model refused to complete the request', 'refusal'), 'The model refused to answer.'],
  ['refused', error('I can’t help with that.', 'refusal'), 'It says: I can’t help with that.'],
  ['refused', error('Provider finish_reason: refusal', 'refusal'), 'The model refused to answer.'],
  ['incomplete', error('Stream ended without finish_reason'), 'before it was complete'],
  ['incomplete', error('Anthropic stream ended before message_stop'), 'before it was complete'],
  ['incomplete', error('terminated: other side closed (UND_ERR_SOCKET)'), 'before it was complete'],
  ['unknown', error('Provider finish_reason: eos', 'eos'), "reason that Piwork doesn't know: eos."],
  ['unknown', error('Unhandled stop reason: tired'), "reason that Piwork doesn't know: tired."],
  ['unknown', end({ stopReason: 'deferred' }), "reason that Piwork doesn't know: deferred."],
  ['unknown', end({ stopReason: undefined }), 'none given'],
  ['failed', error('401: {"error":{"message":"The key was refused."}}'), 'The key was refused. (HTTP 401)'],
  ['failed', error('Worker limit XYZ'), 'Worker limit XYZ'],
  ['failed', error('422: {"type":"piwork_not_an_answer","message":"It says: Log in"}'), 'It says: Log in'],
  ['failed', end({ stopReason: 'error' }), 'gave no reason'],
])('%s: %j', (ending, answer, sentence) => {
  expect(answerEnd(answer)).toEqual({ ending, errorMessage: expect.stringContaining(sentence) as string });
});
