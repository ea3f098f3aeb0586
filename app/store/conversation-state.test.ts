import type { ConversationItem } from '../../schema/conversation';
import {
  applyConversationEvent,
  applyConversationRead,
  joinAppends,
  unreadConversation,
  type ConversationState,
} from './conversation-state';

const assistant = (text: string): ConversationItem => ({
  id: 'a',
  at: 1,
  kind: 'assistant',
  text,
  thinking: '',
  isStreaming: true,
});

const at = (revision: number, text: string): ConversationState =>
  applyConversationRead(unreadConversation, { items: [assistant(text)], revision });

const append = (delta: string) => ({ type: 'append' as const, id: 'a', field: 'text' as const, delta });

const textOf = (state: ConversationState): string => (state.items[0]?.kind === 'assistant' ? state.items[0].text : '');

test('the next event is applied', () => {
  const state = applyConversationEvent(at(3, 'one'), { revision: 5, changes: [append(' two'), append(' three')] });
  expect([textOf(state), state.revision, state.status]).toEqual(['one two three', 5, 'current']);
});

test('an event that is already included changes nothing', () => {
  const before = at(5, 'one');
  expect(applyConversationEvent(before, { revision: 5, changes: [append('x')] })).toBe(before);
});

test('for an overlapping event, only the new changes are applied', () => {
  const state = applyConversationEvent(at(4, 'one'), { revision: 5, changes: [append(' old'), append(' new')] });
  expect(textOf(state)).toBe('one new');
});

test('a gap makes the conversation stale, and holds events until it was read again', () => {
  const gap = applyConversationEvent(at(1, 'one'), { revision: 4, changes: [append(' four')] });
  const later = applyConversationEvent(gap, { revision: 5, changes: [append(' five')] });
  expect([later.status, textOf(later)]).toEqual(['stale', 'one']);
  const read = applyConversationRead(later, { items: [assistant('one two three four')], revision: 4 });
  expect([read.status, textOf(read), read.revision]).toEqual(['current', 'one two three four five', 5]);
});

test('events before the first read are held', () => {
  const waiting = applyConversationEvent(unreadConversation, { revision: 2, changes: [append('!')] });
  expect(waiting.isLoaded).toBe(false);
  const read = applyConversationRead(waiting, { items: [assistant('hi')], revision: 1 });
  expect([textOf(read), read.isLoaded]).toEqual(['hi!', true]);
});

test('neighbouring appends to the same field are merged', () => {
  const other = { type: 'append' as const, id: 'b', field: 'text' as const, delta: 'c' };
  expect(joinAppends([append('a'), append('b'), other, append('d')])).toEqual([append('ab'), other, append('d')]);
});
