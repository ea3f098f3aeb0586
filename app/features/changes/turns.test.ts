import { fakeChange, fakeTurn } from '../../dev/data/turns';
import { countsInWords, resultInWords, sizesInWords, turnTitle } from './change-words';
import { canRedo, canTakeBack, lastTakenBack, lastTurn, messageOfTurn, turnOfMessage, type UserItem } from './turns';

const one = { changes: [fakeChange('a', {})] };
const message = (at: number, promptId?: string): UserItem => ({
  id: `m${at}`,
  at,
  kind: 'user',
  text: `Message ${at}`,
  ...(promptId === undefined ? {} : { promptId }),
});

test('a message belongs to the turn of its prompt', () => {
  const turns = [fakeTurn(1, { promptId: 'p' }), fakeTurn(2, { promptId: 'q' })].map(({ summary }) => summary);
  expect(turnOfMessage(turns, message(5, 'q'))?.turn).toBe(2);
  expect(turnOfMessage(turns, message(5, 'other'))).toBeUndefined();
  expect(messageOfTurn(turns, [message(5, 'q'), message(6, 'p')], turns[0]!)?.at).toBe(6);
});

test('a message read from the session belongs to the turn that began just before it', () => {
  const turns = [
    fakeTurn(1, { promptId: 'p', at: 100_000 }),
    fakeTurn(2, { kind: 'outside', at: 119_000 }),
    fakeTurn(3, { promptId: 'q', at: 130_000 }),
  ].map(({ summary }) => summary);
  expect(turnOfMessage(turns, message(100_400))?.turn).toBe(1);
  expect(turnOfMessage(turns, message(120_000))?.turn).toBe(1);
  expect(turnOfMessage(turns, message(129_500))?.turn).toBe(3);
  expect(turnOfMessage(turns, message(90_000))).toBeUndefined();
  expect(turnOfMessage(turns, message(900_000))).toBeUndefined();
});

test('which turns can be undone, and which redone', () => {
  const [old, pruned, gone, last, record] = [
    fakeTurn(1, {}, one),
    fakeTurn(2, { isPruned: true }, one),
    fakeTurn(3, { state: 'taken-back' }, one),
    // It changed no file, but its message can be undone.
    fakeTurn(4, { promptId: 'p' }),
    fakeTurn(5, { kind: 'take-back', of: [3] }, one),
  ].map(({ summary }) => summary);
  const turns = [old!, pruned!, gone!, last!, record!];
  expect(turns.map((turn) => canTakeBack(turns, turn))).toEqual([true, false, false, true, false]);
  expect(turns.map(canRedo)).toEqual([false, false, true, false, false]);
  expect(lastTurn(turns)).toBe(last);
  expect(lastTakenBack(turns)).toBe(gone);
});

test('what was undone last is redone first, through undos of undos', () => {
  const turns = [
    fakeTurn(1, { state: 'taken-back' }, one),
    fakeTurn(2, { state: 'taken-back' }, one),
    fakeTurn(3, { kind: 'take-back', of: [2] }),
    fakeTurn(4, { kind: 'take-back', of: [1] }),
    fakeTurn(5, { kind: 'take-back', of: [4] }),
    fakeTurn(6, { kind: 'take-back', of: [1, 4, 5] }),
  ].map(({ summary }) => summary);
  expect(lastTakenBack(turns)?.turn).toBe(1);
  expect(lastTakenBack(turns.slice(0, 3))?.turn).toBe(2);
  expect(lastTakenBack([])).toBeUndefined();
});

test('turns have names', () => {
  const at = new Date(2025, 0, 1, 14, 5).getTime();
  const turns = [
    fakeTurn(1, { promptId: 'p' }),
    fakeTurn(2, { kind: 'outside' }),
    fakeTurn(3, { kind: 'take-back', of: [1] }),
    fakeTurn(4, { kind: 'take-back', of: [3] }),
    fakeTurn(5, { promptId: 'gone', at }),
  ].map(({ summary }) => summary);
  const messages = [{ ...message(1, 'p'), text: `  Do\n this \u202e and ${'that '.repeat(40)}` }];
  const names = turns.map((turn) => turnTitle(turns, messages, turn));
  expect(names[0]).toMatch(/^Do this \\u\{202e\} and that that.*…$/);
  expect(names.slice(1, 4)).toEqual(['Changed outside a run', `Undid “${names[0]}”`, 'Redid changes']);
  expect(names[4]).toMatch(/^Message of (14:05|02:05)/);
});

test('counts, sizes and results in words', () => {
  const none = { created: 0, changed: 0, renamed: 0, deleted: 0, mode: 0, times: 0 };
  expect(countsInWords({ ...none, created: 3, changed: 12, deleted: 2 })).toBe('3 created, 12 changed, 2 deleted');
  expect(countsInWords(none)).toBe('No files changed');
  expect(sizesInWords(fakeChange('a', { sizeBefore: 1200, sizeAfter: 2100 }))).toBe('1.2 kB → 2.1 kB');
  expect(sizesInWords(fakeChange('a', { sizeBefore: null, sizeAfter: 12 }))).toBe('12 B');
  const result = { turn: 9, done: 1, left: [], areTimesExact: true, isCancelled: false };
  expect(resultInWords(result, false)).toBe('1 change undone.');
  expect(resultInWords({ ...result, done: 0 }, false)).toBe('No files needed to change.');
  expect(resultInWords({ ...result, done: 1200, isCancelled: true }, true)).toBe(
    '1,200 changes redone. You stopped before it finished. You can do the rest later.',
  );
});
