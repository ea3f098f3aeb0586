import { timeLeftLabel, timeLeftMs } from './QuestionCard.logic';

const dialog = { id: 'd', method: 'confirm' as const, title: 'Sure?', message: '' };

test('the time counts from when it was asked, or otherwise from when it was first seen', () => {
  expect(timeLeftMs(dialog, 0, 50)).toBeNull();
  expect(timeLeftMs({ ...dialog, timeoutMs: 1000 }, 100, 300)).toBe(800);
  expect(timeLeftMs({ ...dialog, timeoutMs: 1000, openedAt: 50 }, 100, 300)).toBe(750);
  expect(timeLeftMs({ ...dialog, timeoutMs: 1000 }, 0, 5000)).toBe(0);
});

test('the time left in words', () => {
  expect([95_000, 59_001, 400, 0].map(timeLeftLabel)).toEqual([
    '1 min 35 s left',
    '1 min 0 s left',
    '1 s left',
    'Time is up',
  ]);
});
