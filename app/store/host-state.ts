/** What the host says, as the page keeps it. Only the session changes it, by these pure functions. */
import type { AppApi } from '../../schema/app-api';
import type { Artifact } from '../../schema/artifacts';
import type { Snapshot } from '../../schema/snapshot';
import type { TaskSummary } from '../../schema/task-summary';
import type { Approval } from '../../schema/approvals';
import type { ContractEvent, EventPayload } from '../../schema/rpc';
import { applyConversationEvent, type ConversationEvent, type ConversationState } from './conversation-state';
import { reviewChanged, unreadReview, waitingCount, type ReviewState } from './review-state';
import { turnChanged, turnsUncertain, type TurnsState } from './turns-state';

export type AppEvent = ContractEvent<AppApi>;

export interface ArtifactsState {
  readonly artifacts: readonly Artifact[];
  /** Counts the changes that the host reported */
  readonly version: number;
  /** The version at which `artifacts` were listed, -1 before the first listing */
  readonly listedVersion: number;
}

/** Nothing listed yet. */
export const unlistedArtifacts: ArtifactsState = { artifacts: [], version: 0, listedVersion: -1 };

const bump = (state: ArtifactsState): ArtifactsState => ({ ...state, version: state.version + 1 });

export type RunEnd = Omit<EventPayload<AppApi, 'task.settled'>, 'taskId'> & { readonly at: number };

/** How far an undo has come. */
export type TakeBackProgress = Omit<EventPayload<AppApi, 'turn.progress'>, 'taskId'>;

export interface HostState {
  /** `null` until the first snapshot */
  readonly snapshot: Omit<Snapshot, 'seq' | 'tasks'> | null;
  readonly tasks: Readonly<Record<string, TaskSummary>>;
  /** In the order in which they were opened, oldest first */
  readonly conversations: Readonly<Record<string, ConversationState>>;
  readonly artifacts: Readonly<Record<string, ArtifactsState>>;
  readonly turns: Readonly<Record<string, TurnsState>>;
  /** Pending changes, by task that reviews changes */
  readonly reviews: Readonly<Record<string, ReviewState>>;
  readonly progress: Readonly<Record<string, TakeBackProgress>>;
  /** How each task's last run ended, since this page was opened */
  readonly runEnds: Readonly<Record<string, RunEnd>>;
  /** When a question was first seen, if it doesn't say when it was asked */
  readonly dialogSeenAt: Readonly<Record<string, number>>;
  /** Counts how often the host reported that the extensions have changed */
  readonly extensionsVersion: number;
}

export const emptyHost: HostState = {
  snapshot: null,
  tasks: {},
  conversations: {},
  artifacts: {},
  turns: {},
  reviews: {},
  progress: {},
  runEnds: {},
  dialogSeenAt: {},
  extensionsVersion: 0,
};

/** A record without one of its members. */
export const without = <T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));

const mapValues = <T>(record: Readonly<Record<string, T>>, change: (value: T) => T): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));

/** Names a question across tasks. */
export const dialogKey = (taskId: string, dialogId: string): string => `${taskId} ${dialogId}`;

function seenDialogs(
  before: HostState['dialogSeenAt'],
  tasks: readonly TaskSummary[],
  now: number,
): HostState['dialogSeenAt'] {
  const keys = tasks.flatMap((task) => task.dialogs.map((dialog) => dialogKey(task.taskId, dialog.id)));
  return Object.fromEntries(keys.map((key) => [key, before[key] ?? now]));
}

/** The state after a snapshot. What was read before may have missed events, so it is marked for reading again. */
export function applySnapshot(state: HostState, { seq: _seq, tasks, ...snapshot }: Snapshot, now: number): HostState {
  return {
    ...state,
    snapshot,
    tasks: Object.fromEntries(tasks.map((task) => [task.taskId, task])),
    conversations: mapValues(state.conversations, (conversation) => ({ ...conversation, status: 'stale', held: [] })),
    artifacts: mapValues(state.artifacts, bump),
    turns: mapValues(state.turns, turnsUncertain),
    reviews: mapValues(state.reviews, reviewChanged),
    progress: {},
    dialogSeenAt: seenDialogs(state.dialogSeenAt, tasks, now),
  };
}

/** The state after one event. Events before the first snapshot change nothing. */
export function applyEvent(state: HostState, event: AppEvent): HostState {
  if (!state.snapshot) return state;
  switch (event.event) {
    case 'task.changed': {
      const tasks = { ...state.tasks, [event.payload.taskId]: event.payload };
      return { ...state, tasks, dialogSeenAt: seenDialogs(state.dialogSeenAt, Object.values(tasks), event.timestamp) };
    }
    case 'task.removed': {
      const { taskId } = event.payload;
      return {
        ...state,
        tasks: without(state.tasks, taskId),
        conversations: without(state.conversations, taskId),
        artifacts: without(state.artifacts, taskId),
        turns: without(state.turns, taskId),
        reviews: without(state.reviews, taskId),
        progress: without(state.progress, taskId),
        runEnds: without(state.runEnds, taskId),
      };
    }
    case 'task.conversation':
      return withConversation(state, event.payload.taskId, event.payload);
    case 'task.settled': {
      const { taskId, ...end } = event.payload;
      return { ...state, runEnds: { ...state.runEnds, [taskId]: { ...end, at: event.timestamp } } };
    }
    case 'task.artifacts': {
      const known = state.artifacts[event.payload.taskId];
      if (!known) return state;
      return {
        ...state,
        artifacts: { ...state.artifacts, [event.payload.taskId]: bump(known) },
      };
    }
    case 'turn.changed': {
      const { taskId, ...change } = event.payload;
      const known = state.turns[taskId];
      return known ? { ...state, turns: { ...state.turns, [taskId]: turnChanged(known, change) } } : state;
    }
    case 'turn.progress': {
      const { taskId, ...progress } = event.payload;
      return { ...state, progress: { ...state.progress, [taskId]: progress } };
    }
    case 'turn.warning':
      return state;
    case 'review.changed': {
      const { taskId } = event.payload;
      const known = state.reviews[taskId] ?? unreadReview;
      return { ...state, reviews: { ...state.reviews, [taskId]: reviewChanged(known) } };
    }
    case 'approval.changed':
      return withApprovals(state, (open) => {
        const isKnown = open.some(({ id }) => id === event.payload.id);
        return isKnown
          ? open.map((approval) => (approval.id === event.payload.id ? event.payload : approval))
          : [...open, event.payload];
      });
    case 'approval.closed':
      return approvalClosed(state, event.payload.id);
    case 'grants.changed':
      return { ...state, snapshot: { ...state.snapshot, grants: event.payload.grants } };
    case 'vm.changed':
      return { ...state, snapshot: { ...state.snapshot, vm: event.payload } };
    case 'models.changed':
      return { ...state, snapshot: { ...state.snapshot, ...event.payload } };
    case 'extensions.changed':
      return { ...state, extensionsVersion: state.extensionsVersion + 1 };
    case 'settings.changed':
      return { ...state, snapshot: { ...state.snapshot, settings: event.payload } };
  }
}

function withConversation(state: HostState, taskId: string, event: ConversationEvent): HostState {
  const conversation = state.conversations[taskId];
  if (!conversation) return state;
  const changed = applyConversationEvent(conversation, event);
  return changed === conversation ? state : { ...state, conversations: { ...state.conversations, [taskId]: changed } };
}

const withApprovals = (state: HostState, change: (open: readonly Approval[]) => Approval[]): HostState =>
  state.snapshot ? { ...state, snapshot: { ...state.snapshot, approvals: change(state.snapshot.approvals) } } : state;

/** The state without a question about an act that is no longer open. */
export const approvalClosed = (state: HostState, approvalId: string): HostState =>
  withApprovals(state, (open) => open.filter(({ id }) => id !== approvalId));

/** Whether an act of the agent waits for the person's answer. */
export const hasApproval = (state: HostState, taskId: string): boolean =>
  state.snapshot?.approvals.some((approval) => approval.taskId === taskId) ?? false;

/** Whether pending changes wait for the person, who can apply them now that the agent is idle. */
export function needsReview(state: HostState, taskId: string): boolean {
  const task = state.tasks[taskId];
  if (!task || task.promptInFlight !== null) return false;
  const isResting = task.activity === 'idle' || task.activity === 'stopped' || task.activity === 'failed';
  return isResting && waitingCount(task, state.reviews[taskId]) > 0;
}
