import { noCounts } from '../../store/review-state';
import type { ReviewForm } from '../../store/ui-state';
import { reviewResult, reviewTitle, wantsInWords } from './Review.logic';

test('pending changes, in words', () => {
  const counts = { ...noCounts, created: 3, changed: 12, renamed: 1041, deleted: 3 };
  expect(wantsInWords(counts)).toBe('The agent wants to create 3, change 12, rename 1,041 and delete 3 files');
  expect(wantsInWords({ ...noCounts, mode: 1 })).toBe('The agent wants to change permissions of 1 file');
});

test('titles show the stage', () => {
  const form = (verb: ReviewForm['verb'], stage: ReviewForm['stage']): string =>
    reviewTitle({ taskId: 't', verb, changeIds: null, count: 1200, stage });
  expect(form('discard', { kind: 'asking' })).toBe('Discard 1,200 changes?');
  expect(form('apply', { kind: 'running' })).toBe('Applying…');
  expect(form('apply', { kind: 'done', turn: 1, done: 1, left: [] })).toBe('Changes applied');
  expect(form('apply', { kind: 'done', turn: 1, done: 0, left: [] })).toBe('Nothing applied');
  expect(form('discard', { kind: 'refused', problem: '' })).toBe("Couldn't discard");
});

test('results, in words', () => {
  const left = [{ changeId: 'a', path: 'a', reason: 'changed-since' as const }];
  expect(reviewResult('apply', { done: 2, left: [] })).toBe('2 changes applied.');
  expect(reviewResult('apply', { done: 1200, left })).toBe('1,200 changes applied. 1 change still pending:');
  expect(reviewResult('apply', { done: 0, left })).toBe('1 change still pending:');
  expect(reviewResult('apply', { done: 0, left: [] })).toBe('Nothing was pending.');
  expect(reviewResult('discard', { done: 1, left: [] })).toBe('1 change discarded. The folder is unchanged.');
});
