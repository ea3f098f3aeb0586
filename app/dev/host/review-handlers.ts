/** Reviews in memory: pending changes, applied step by step as a turn, or discarded. */
import type { AppApi } from '../../../schema/app-api';
import { RpcError } from '../../../schema/errors';
import type { FileChange, FileChangeCounts } from '../../../schema/file-changes';
import type { Handlers } from '../../../schema/rpc';
import type { FakeHost } from './fake-host';
import { fakeTurn } from '../data/turns';
import type { FakeReview } from '../data/reviews';

type ReviewMethod = Extract<keyof AppApi['methods'], `review.${string}`>;

/** Steps between two reports */
const stepsAtOnce = 20;
const reportMs = 40;

const listCap = 5000;

const countsOf = (changes: readonly FileChange[]): FileChangeCounts => {
  const counts = { created: 0, changed: 0, renamed: 0, deleted: 0, mode: 0, times: 0 };
  for (const { kind } of changes) counts[kind] += 1;
  return counts;
};

const reviewOf = (host: FakeHost, taskId: string): FakeReview => host.reviews.get(taskId) ?? { changes: [] };

/** Changes what is pending. */
export function setFakeReview(host: FakeHost, taskId: string, review: FakeReview): void {
  host.reviews.set(taskId, review);
  host.emit({ event: 'review.changed', taskId, payload: { taskId } });
}

function assertResting(host: FakeHost, taskId: string): void {
  if (host.task(taskId).summary.activity !== 'running') return;
  throw new RpcError('TASK_NOT_READY', 'The agent is working. Stop it first.');
}

/** Removes some changes from what is pending. */
function take(host: FakeHost, taskId: string, ids: ReadonlySet<string>): readonly FileChange[] {
  const review = reviewOf(host, taskId);
  setFakeReview(host, taskId, { ...review, changes: review.changes.filter(({ id }) => !ids.has(id)) });
  return review.changes.filter(({ id }) => ids.has(id));
}

function work(host: FakeHost, taskId: string, turn: number, total: number): Promise<void> {
  return new Promise((resolve) => {
    const next = (done: number): void => {
      host.emit({ event: 'turn.progress', taskId, payload: { taskId, turn, done, total } });
      if (done >= total) return resolve();
      host.after(reportMs, () => next(Math.min(total, done + stepsAtOnce)));
    };
    next(Math.min(total, stepsAtOnce));
  });
}

/** Handlers for reviews. */
export function reviewHandlers(host: FakeHost): Pick<Handlers<AppApi>, ReviewMethod> {
  return {
    'review.changes': ({ taskId }) => {
      const { changes } = reviewOf(host, taskId);
      const isTruncated = changes.length > listCap;
      return Promise.resolve({ changes: changes.slice(0, listCap), counts: countsOf(changes), isTruncated });
    },
    'review.compare': ({ taskId, changeId }) =>
      Promise.resolve(reviewOf(host, taskId).compared?.[changeId] ?? { before: null, after: null }),
    'review.apply': async ({ taskId, changeIds }) => {
      assertResting(host, taskId);
      const { changes, conflicts = [] } = reviewOf(host, taskId);
      const wanted = changes.filter(({ id }) => changeIds?.includes(id) ?? true);
      const left = conflicts.filter(({ changeId }) => wanted.some(({ id }) => id === changeId));
      const ids = new Set(wanted.map(({ id }) => id).filter((id) => !left.some(({ changeId }) => changeId === id)));
      const turns = host.turns.get(taskId) ?? [];
      const turn = Math.max(0, ...turns.map(({ summary }) => summary.turn)) + 1;
      await work(host, taskId, turn, ids.size);
      const applied = take(host, taskId, ids);
      host.setTurns(taskId, [...turns, fakeTurn(turn, { at: host.now() }, { changes: applied })], turn);
      return { turn, done: applied.length, left: [...left] };
    },
    'review.discard': ({ taskId, changeIds }) => {
      assertResting(host, taskId);
      const ids = new Set(changeIds ?? reviewOf(host, taskId).changes.map(({ id }) => id));
      return Promise.resolve({ done: take(host, taskId, ids).length });
    },
  };
}
