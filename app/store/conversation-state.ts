/** One task's conversation in the page: what is shown, and the events that wait for a missing part. */
import type { AppApi } from '../../schema/app-api';
import { applyChange, type ConversationChange, type ConversationItem } from '../../schema/conversation';
import type { EventPayload, Result } from '../../schema/rpc';

export type ConversationEvent = Pick<EventPayload<AppApi, 'task.conversation'>, 'revision' | 'changes'>;

export interface ConversationState {
  readonly items: readonly ConversationItem[];
  readonly revision: number;
  /** `stale` shows what is there and must be read again: nothing was read yet, or an event is missing */
  readonly status: 'stale' | 'current';
  /** False until the first read: an empty conversation differs from one that wasn't read yet */
  readonly isLoaded: boolean;
  /** Events after the gap, to be applied after the whole conversation has been read */
  readonly held: readonly ConversationEvent[];
}

/** How many events a conversation that can't be read keeps */
const maxHeld = 1000;

export const unreadConversation: ConversationState = {
  items: [],
  revision: -1,
  status: 'stale',
  isLoaded: false,
  held: [],
};

/** Neighbouring appends to one field are merged, so that a frame with a hundred deltas copies the list once. */
export function joinAppends(changes: readonly ConversationChange[]): readonly ConversationChange[] {
  const joined: ConversationChange[] = [];
  for (const change of changes) {
    const last = joined.at(-1);
    const continues =
      change.type === 'append' && last?.type === 'append' && last.id === change.id && last.field === change.field;
    if (continues) joined[joined.length - 1] = { ...last, delta: last.delta + change.delta };
    else joined.push(change);
  }
  return joined;
}

/** Dropping held events is safe: the gap is noticed after the read, which is then repeated. */
const hold = (held: readonly ConversationEvent[], event: ConversationEvent): readonly ConversationEvent[] =>
  held.length < maxHeld ? [...held, event] : [event];

/** The conversation after an event: applied, partly applied, skipped as old, or held because of a gap. */
export function applyConversationEvent(state: ConversationState, event: ConversationEvent): ConversationState {
  if (state.status === 'stale') return { ...state, held: hold(state.held, event) };
  if (event.revision <= state.revision) return state;
  const known = state.revision - (event.revision - event.changes.length);
  if (known < 0) return { ...state, status: 'stale', held: [event] };
  return {
    ...state,
    items: joinAppends(event.changes.slice(known)).reduce(applyChange, state.items),
    revision: event.revision,
  };
}

/** The conversation after it was read completely, with the newer held events. */
export function applyConversationRead(
  state: ConversationState,
  read: Result<AppApi, 'task.conversation'>,
): ConversationState {
  const whole: ConversationState = {
    items: read.items,
    revision: read.revision,
    status: 'current',
    isLoaded: true,
    held: [],
  };
  return state.held.reduce(applyConversationEvent, whole);
}
