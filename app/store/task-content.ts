/** What the page has read of its tasks: conversations and lists of files. */
import type { Artifact } from '../../schema/app-api';
import { applyConversationRead, unreadConversation } from './conversation-state';
import { unlistedArtifacts, without, type HostState } from './host-state';

/** Conversations kept at once; the least recently opened one is dropped and read again when it is opened. */
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
  };
}

/** The state after a conversation was read whole. */
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
