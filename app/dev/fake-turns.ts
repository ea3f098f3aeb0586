/** Turns in memory: what they changed, and taking them back in steps that can be watched. */
import type { AppApi, Preview } from '../../schema/app-api';
import type { ConversationItem } from '../../schema/conversation';
import { RpcError } from '../../schema/errors';
import type { FileChange, TakeBackConflict, TakeBackResult, TurnSummary } from '../../schema/file-changes';
import type { Handlers } from '../../schema/rpc';
import type { FakeHost } from './fake-host';

export interface FakeTurn {
  readonly summary: TurnSummary;
  readonly changes: readonly FileChange[];
  /** By id of the change */
  readonly compared?: Readonly<Record<string, { readonly before: Preview | null; readonly after: Preview | null }>>;
  readonly conflicts?: readonly TakeBackConflict[];
  /** Ids of what is taken back now */
  readonly takenBack?: readonly string[];
  /** The conversation as it was before it was taken back */
  readonly items?: readonly ConversationItem[];
}

type TurnMethod = Extract<keyof AppApi['methods'], `turn.${string}`> | 'file.open';

/** Steps that are done between two reports */
const stepsAtOnce = 100;
const reportMs = 40;

/** A change with sensible defaults. */
export const fakeChange = (id: string, change: Partial<FileChange>): FileChange => ({
  id,
  area: 'folder',
  kind: 'changed',
  fileKind: 'file',
  from: id,
  to: id,
  sizeBefore: 1200,
  sizeAfter: 1340,
  isKept: true,
  ...change,
});

/** A turn that made the changes. */
export function fakeTurn(
  turn: number,
  summary: Partial<TurnSummary>,
  parts: Omit<FakeTurn, 'summary'> = { changes: [] },
): FakeTurn {
  const count = (kind: FileChange['kind']): number => parts.changes.filter((change) => change.kind === kind).length;
  return {
    summary: {
      turn,
      kind: 'agent',
      promptId: null,
      at: 0,
      state: 'closed',
      counts: {
        created: count('created'),
        changed: count('changed'),
        renamed: count('renamed'),
        deleted: count('deleted'),
        mode: count('mode'),
        times: count('times'),
      },
      of: [],
      isPruned: false,
      ...summary,
    },
    ...parts,
  };
}

const turnsOf = (host: FakeHost, taskId: string): readonly FakeTurn[] => host.turns.get(taskId) ?? [];

function turnOf(host: FakeHost, taskId: string, turn: number): FakeTurn {
  const found = turnsOf(host, taskId).find(({ summary }) => summary.turn === turn);
  if (!found) throw new RpcError('NOT_FOUND', 'This turn is not on the list any more.');
  return found;
}

/** Ids that a request is about. */
function wantedIds(turn: FakeTurn, changeIds: readonly string[] | undefined, isRedo: boolean): readonly string[] {
  const gone = new Set(turn.takenBack ?? []);
  return turn.changes.map(({ id }) => id).filter((id) => gone.has(id) === isRedo && (changeIds?.includes(id) ?? true));
}

const conflictsOf = (turn: FakeTurn, ids: readonly string[], isRedo: boolean): readonly TakeBackConflict[] =>
  isRedo ? [] : (turn.conflicts ?? []).filter(({ changeId }) => ids.includes(changeId));

function moveConversation(host: FakeHost, taskId: string, turn: FakeTurn, isRedo: boolean): FakeTurn {
  const { items } = host.task(taskId);
  if (isRedo) {
    if (turn.items) host.changeConversation(taskId, { type: 'replace', items: [...turn.items] });
    return turn;
  }
  const from = items.findIndex((item) => item.kind === 'user' && item.promptId === turn.summary.promptId);
  const isLast = !turnsOf(host, taskId).some(
    ({ summary }) => summary.turn > turn.summary.turn && summary.kind === 'agent' && summary.state !== 'taken-back',
  );
  if (from < 0 || !isLast) return turn;
  host.changeConversation(taskId, { type: 'replace', items: items.slice(0, from) });
  return { ...turn, items };
}

/** Tells the progress step by step, and how many were done when it ended or was cancelled. */
function work(host: FakeHost, taskId: string, turn: number, total: number): Promise<number> {
  host.cancelled.delete(taskId);
  return new Promise((resolve) => {
    const next = (done: number): void => {
      host.emit({ event: 'turn.progress', taskId, payload: { taskId, turn, done, total } });
      if (done >= total || host.cancelled.has(taskId)) return resolve(done);
      host.after(reportMs, () => next(Math.min(total, done + stepsAtOnce)));
    };
    next(Math.min(total, stepsAtOnce));
  });
}

function finish(host: FakeHost, taskId: string, turn: FakeTurn, done: readonly string[], isRedo: boolean): number {
  const gone = new Set(turn.takenBack ?? []);
  for (const id of done) {
    if (isRedo) gone.delete(id);
    else gone.add(id);
  }
  const state =
    gone.size === 0 && isRedo ? 'redone' : gone.size >= turn.changes.length ? 'taken-back' : 'partly-taken-back';
  const all = turnsOf(host, taskId);
  const number = Math.max(...all.map(({ summary }) => summary.turn)) + 1;
  const record = fakeTurn(number, { kind: 'take-back', at: host.now(), of: [turn.summary.turn] });
  const changed: FakeTurn = { ...turn, takenBack: [...gone], summary: { ...turn.summary, state } };
  host.setTurns(
    taskId,
    [...all.map((other) => (other.summary.turn === turn.summary.turn ? changed : other)), record],
    turn.summary.turn,
  );
  return number;
}

/** Everything about turns. */
export function turnHandlers(host: FakeHost): Pick<Handlers<AppApi>, TurnMethod> {
  return {
    'turn.list': ({ taskId }) =>
      Promise.resolve({ turns: turnsOf(host, taskId).map(({ summary }) => ({ ...summary, of: [...summary.of] })) }),
    'turn.changes': ({ taskId, turn }) =>
      Promise.resolve({
        changes: (turn === null ? turnsOf(host, taskId) : [turnOf(host, taskId, turn)])
          .flatMap(({ summary, changes }) =>
            turn === null ? changes.map((change) => ({ ...change, id: `${summary.turn}-${change.id}` })) : changes,
          )
          .slice(0, 5000),
        isTruncated: false,
      }),
    'turn.compare': ({ taskId, turn, changeId }) => {
      // Of the whole task, ids begin with the number of their turn.
      const [number = '', ...rest] = changeId.split('-');
      const compared =
        turn === null
          ? turnOf(host, taskId, Number(number)).compared?.[rest.join('-')]
          : turnOf(host, taskId, turn).compared?.[changeId];
      return Promise.resolve(compared ?? { before: null, after: null });
    },
    'turn.plan': ({ taskId, turn, changeIds, isRedo }) => {
      const found = turnOf(host, taskId, turn);
      const ids = wantedIds(found, changeIds, isRedo);
      return Promise.resolve({ steps: ids.length, conflicts: [...conflictsOf(found, ids, isRedo)] });
    },
    'turn.take_back': async ({ taskId, turn, changeIds, isRedo, choices }): Promise<TakeBackResult> => {
      const task = host.task(taskId).summary;
      if (task.activity === 'running') throw new RpcError('TASK_NOT_READY', 'The agent is working. Stop it first.');
      const found = turnOf(host, taskId, turn);
      const ids = wantedIds(found, changeIds, isRedo);
      const left = conflictsOf(found, ids, isRedo).filter(({ changeId }) => choices?.[changeId] !== 'take-back');
      const todo = ids.filter((id) => !left.some(({ changeId }) => changeId === id));
      const done = await work(host, taskId, turn, todo.length);
      const isCancelled = done < todo.length;
      const moved = changeIds === undefined && !isCancelled ? moveConversation(host, taskId, found, isRedo) : found;
      const number = finish(host, taskId, moved, todo.slice(0, done), isRedo);
      return { turn: number, done, left: [...left], areTimesExact: true, isCancelled };
    },
    'turn.cancel': ({ taskId }) => {
      host.cancelled.add(taskId);
      return Promise.resolve({});
    },
    'file.open': () => Promise.reject(new RpcError('NOT_SUPPORTED', 'This shell opens no programs.')),
  };
}
