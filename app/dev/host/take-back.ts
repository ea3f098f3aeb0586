/** Undoing and redoing turns in steps that can be watched. */
import { fakeTurn, type FakeTurn } from '../data/turns';
import type { FakeHost } from './fake-host';

/** Steps between two reports */
const stepsAtOnce = 100;
const reportMs = 40;

/** A task's turns. */
export const turnsOf = (host: FakeHost, taskId: string): readonly FakeTurn[] => host.turns.get(taskId) ?? [];

/** The conversation goes back with the last turn, and returns with it. */
export function moveConversation(host: FakeHost, taskId: string, turn: FakeTurn, isRedo: boolean): FakeTurn {
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

/** Reports progress step by step, and how many steps were done when it ended or was cancelled. */
export function work(host: FakeHost, taskId: string, turn: number, total: number): Promise<number> {
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

/** Records what was done as a turn, and returns its number. */
export function finish(
  host: FakeHost,
  taskId: string,
  turn: FakeTurn,
  done: readonly string[],
  isRedo: boolean,
): number {
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
    number,
  );
  return number;
}
