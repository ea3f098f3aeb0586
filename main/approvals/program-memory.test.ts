import { isQuiet, lookedAgain, named, noMemory, recall, remember, touch, type Remembered } from './program-memory';

const yes: Remembered = { outcome: 'granted', program: 'rm a', usedAt: 1000 };
const no: Remembered = { outcome: 'denied', program: 'rm a', usedAt: 1000 };

it('recognises a program by its process and what it wants', () => {
  const memory = remember(noMemory, 'delete', 7, yes);
  expect(recall(memory, 'delete', 7)).toBe(yes);
  expect(recall(memory, 'rename', 7)).toBeNull();
  expect(recall(memory, 'delete', 8)).toBeNull();
});

it('is limited, and the oldest answer is dropped', () => {
  let memory = noMemory;
  for (let pid = 1; pid <= 1025; pid++) memory = remember(memory, 'delete', pid, yes);
  expect(memory.size).toBe(1024);
  expect(recall(memory, 'delete', 1)).toBeNull();
  expect(recall(memory, 'delete', 1025)).toBe(yes);
});

it("is quiet after a second without use; a burst doesn't copy it", () => {
  const memory = remember(noMemory, 'delete', 7, yes);
  expect(touch(memory, 'delete', 7, 1249)).toBe(memory);
  const used = recall(touch(memory, 'delete', 7, 1250), 'delete', 7)!;
  expect([isQuiet(yes, 2000), isQuiet(yes, 2001), isQuiet(used, 2250), isQuiet(used, 2251)]).toEqual([
    false,
    true,
    false,
    true,
  ]);
  expect(touch(memory, 'rename', 7, 5000)).toBe(memory);
});

it.each([
  ['the same', 'rm a', yes, 'kept'],
  ['the same', 'rm a', no, 'kept'],
  ['another', 'rm b', yes, 'forgotten'],
  ['another', 'rm b', no, 'forgotten'],
  ['unknown now', null, yes, 'forgotten'],
  ['unknown now', null, no, 'kept'],
  ['unknown before', 'rm a', { ...yes, program: null }, 'forgotten'],
  ['unknown before and now', null, { ...yes, program: null }, 'forgotten'],
  ['unknown before', 'rm a', { ...no, program: null }, 'kept'],
] as const)('a program that is %s (%j) with %j is %s', (_what, program, known, outcome) => {
  const memory = lookedAgain(remember(noMemory, 'delete', 7, known), 7, program, 9000);
  expect(recall(memory, 'delete', 7)).toEqual(outcome === 'kept' ? { ...known, usedAt: 9000 } : null);
});

it('learns a name once', () => {
  const memory = remember(noMemory, 'delete', 7, { ...yes, program: null });
  const known = named(memory, 7, 'rm a');
  expect(recall(known, 'delete', 7)).toEqual(yes);
  expect(named(known, 7, 'rm b')).toBe(known);
});
