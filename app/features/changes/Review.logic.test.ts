import { noCounts } from '../../store/review-state';
import type { ReviewForm } from '../../store/ui-state';
import { reviewResult, reviewTitle, waitsInWords, wouldInWords } from './Review.logic';

test('what waits, in words', () => {
  const counts = { ...noCounts, created: 3, changed: 12, renamed: 1041, deleted: 3 };
  expect(waitsInWords(counts)).toBe('creates 3, changes 12, renames 1,041, deletes 3');
  expect(wouldInWords(counts)).toBe('The agent would create 3, change 12, rename 1,041 and delete 3');
  expect(wouldInWords({ ...noCounts, mode: 1 })).toBe('The agent would set permissions of 1');
});

test('titles say how it stands', () => {
  const form = (verb: ReviewForm['verb'], stage: ReviewForm['stage']): string =>
    reviewTitle({ taskId: 't', verb, changeIds: null, count: 1200, stage });
  expect(form('discard', { kind: 'asking' })).toBe('Give up 1,200 changes?');
  expect(form('apply', { kind: 'running' })).toBe('Applying…');
  expect(form('apply', { kind: 'done', turn: 1, done: 1, left: [] })).toBe('Applied');
  expect(form('apply', { kind: 'done', turn: 1, done: 0, left: [] })).toBe('Nothing was applied');
  expect(form('discard', { kind: 'refused', problem: '' })).toBe('Not given up');
});

test('results, in words', () => {
  const left = [{ changeId: 'a', path: 'a', reason: 'changed-since' as const }];
  expect(reviewResult('apply', { done: 2, left: [] })).toBe('2 changes applied.');
  expect(reviewResult('apply', { done: 1200, left })).toBe('1,200 changes applied. 1 change goes on waiting:');
  expect(reviewResult('apply', { done: 0, left })).toBe('1 change goes on waiting:');
  expect(reviewResult('apply', { done: 0, left: [] })).toBe('Nothing waited any more.');
  expect(reviewResult('discard', { done: 1, left: [] })).toBe('1 change given up. The folder is as it was.');
});
