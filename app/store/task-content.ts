/** What the page has read of its tasks: conversations and lists of files. */
import type { Artifact } from '../../schema/artifacts';
import type { TurnSummary } from '../../schema/file-changes';
import { applyConversationRead, unreadConversation } from './conversation-state';
import { unlistedArtifacts, without, type HostState } from './host-state';
import { unreadReview, type ReviewRead } from './review-state';
import { turnsListed, unlistedTurns, type ChangesState, type TurnsState } from './turns-state';

/** Conversations kept at the same time; the least recently opened one is dropped, and read again when opened. */
const maxConversations = 8;

/** Makes room for a task's conversation and files; a loader reads what is stale. */
export function openTask(state: HostState, taskId: string): HostState {
  const conversations = {
    ...without(state.conversations, taskId),
    [taskId]: state.conversations[taskId] ?? unreadConversation,
  };
  const kept = new Set(Object.keys(conversations).slice(-maxConversations));
  return {
    ...state,
    conversations: Object.fromEntries(Object.entries(conversations).filter(([name]) => kept.has(name))),
    artifacts: { ...state.artifacts, [taskId]: state.artifacts[taskId] ?? unlistedArtifacts },
    turns: { ...state.turns, [taskId]: state.turns[taskId] ?? unlistedTurns },
  };
}

/** The state after a conversation was read completely. */
export function conversationRead(
  state: HostState,
  taskId: string,
  read: Parameters<typeof applyConversationRead>[1],
): HostState {
  const before = state.conversations[taskId];
  if (!before) return state;
  return { ...state, conversations: { ...state.conversations, [taskId]: applyConversationRead(before, read) } };
}

/** The state after a task's files were listed; `version` is the one at the time of the request. */
export function artifactsRead(
  state: HostState,
  taskId: string,
  { artifacts, version }: { readonly artifacts: readonly Artifact[]; readonly version: number },
): HostState {
  const before = state.artifacts[taskId];
  if (!before) return state;
  return { ...state, artifacts: { ...state.artifacts, [taskId]: { ...before, artifacts, listedVersion: version } } };
}

const withTurns = (state: HostState, taskId: string, change: (before: TurnsState) => TurnsState): HostState => {
  const before = state.turns[taskId];
  return before ? { ...state, turns: { ...state.turns, [taskId]: change(before) } } : state;
};

/** The state after a task's turns were listed; `version` is the one at the time of the request. */
export const turnsRead = (
  state: HostState,
  taskId: string,
  { turns, version }: { readonly turns: readonly TurnSummary[]; readonly version: number },
): HostState => withTurns(state, taskId, (before) => turnsListed(before, turns, version));

/** The state after a turn's changes were read. */
export const changesRead = (
  state: HostState,
  taskId: string,
  { turn, ...changes }: ChangesState & { readonly turn: number },
): HostState => withTurns(state, taskId, (before) => ({ ...before, changes: { ...before.changes, [turn]: changes } }));

/** The state after pending changes were read. */
export function reviewRead(state: HostState, taskId: string, read: ReviewRead): HostState {
  if (!state.tasks[taskId]) return state;
  const { version } = state.reviews[taskId] ?? unreadReview;
  return { ...state, reviews: { ...state.reviews, [taskId]: { ...read, version } } };
}
