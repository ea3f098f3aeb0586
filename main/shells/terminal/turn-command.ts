/** `turns`, `changes`, `undo` and `redo`: what the agent did to files, and undoing it. */
import type { AppApi } from '../../../schema/app-api';
import { RpcError } from '../../../schema/errors';
import {
  takeBackDeadlineMs,
  type FileChange,
  type FileChangeCounts,
  type TakeBackConflict,
  type TurnSummary,
} from '../../../schema/file-changes';
import { changesOf } from './changes-of';
import type { Connection } from '../../../schema/rpc-client';
import type { Terminal } from './terminal';

export interface TurnRequest {
  readonly kind: 'turns' | 'changes' | 'undo' | 'redo';
  /** When absent, the task that was used last */
  readonly taskId: string | null;
  readonly turn: number | null;
  /** Only these files, by path; all when empty */
  readonly paths: readonly string[];
  readonly isJson: boolean;
}

const listedConflicts = 20;

const kindWords: Readonly<Record<keyof FileChangeCounts, string>> = {
  created: 'created',
  changed: 'changed',
  renamed: 'renamed',
  deleted: 'deleted',
  mode: 'permissions changed',
  times: 'modification time changed',
};

export const reasonWords: Readonly<Record<TakeBackConflict['reason'], string>> = {
  'changed-since': 'was changed since, so it stays',
  mixed: 'was changed by someone else at the same time, so it stays',
  'later-turn': 'was changed by a later turn; undo that turn first',
  missing: 'no longer exists',
  occupied: "can't be restored: something else has its name",
  'not-kept': "can't be restored: its content was too large to keep",
  'not-empty': "stays: it contains files that aren't from this turn",
  failed: "couldn't be undone",
};

/** Counts in words, such as `3 created, 1 deleted`. */
export function describeCounts(counts: FileChangeCounts): string {
  const parts = Object.entries(kindWords).flatMap(([kind, words]) => {
    const count = counts[kind as keyof FileChangeCounts];
    return count === 0 ? [] : [`${count} ${words}`];
  });
  return parts.length === 0 ? 'no files changed' : parts.join(', ');
}

/** One change as a line, such as `renamed  a.txt → b.txt`. */
export function describeChange({ kind, from, to, area }: FileChange): string {
  const place = area === 'outputs' ? 'outputs/' : '';
  const name = kind === 'renamed' ? `${place}${from ?? ''} → ${place}${to ?? ''}` : `${place}${to ?? from ?? ''}`;
  return `${kind.padEnd(8)} ${name}`;
}

const describeTurn = ({ turn, kind, at, state, counts }: TurnSummary): string =>
  `${String(turn).padStart(4)}  ${new Date(at).toLocaleString()}  ${kind === 'agent' ? '' : `(${kind}) `}${describeCounts(counts)}${state === 'closed' ? '' : `  [${state}]`}`;

/** The named task, or the one that was used last. @throws RpcError `TASK_NOT_FOUND` */
export async function findTask({ client }: Connection<AppApi>, taskId: string | null): Promise<string> {
  const { tasks } = await client['app.snapshot']({});
  const task = taskId === null ? tasks[0] : tasks.find((one) => one.taskId === taskId);
  if (task) return task.taskId;
  throw new RpcError('TASK_NOT_FOUND', taskId === null ? 'There are no tasks yet.' : `There is no task ${taskId}.`);
}

/** The turn to use when none is named: the newest that can still be undone, or redone. */
function defaultTurn(turns: readonly TurnSummary[], kind: TurnRequest['kind']): number {
  const isMeant = ({ kind: of, state }: TurnSummary): boolean => {
    if (of !== 'agent') return false;
    if (kind === 'redo') return state === 'taken-back' || state === 'partly-taken-back';
    return kind === 'changes' || state !== 'taken-back';
  };
  const found = turns.findLast(isMeant);
  if (found) return found.turn;
  throw new RpcError('NOT_FOUND', kind === 'redo' ? 'Nothing was undone.' : 'There is no turn to undo.');
}

interface Outcome {
  readonly turn: number;
  readonly isRedo: boolean;
  /** How many changes */
  readonly done: number;
  readonly left: readonly unknown[];
  readonly isCancelled: boolean;
}

/** What an undo or a redo did, as a line. */
export function describeOutcome({ turn, isRedo, done, left, isCancelled }: Outcome): string {
  const verb = isRedo ? 'Redone' : 'Undone';
  if (done === 0 && left.length === 0 && !isCancelled) return `${verb}: turn ${turn}. It changed no files.`;
  const stopped = isCancelled ? ' You stopped before it finished; run the command again to do the rest.' : '';
  return `${verb}: ${done} ${done === 1 ? 'change' : 'changes'} of turn ${turn}.${stopped}`;
}

/** Returns the exit code: 0 when everything was done, 2 when something was left unchanged. */
export async function turnCommand(
  connection: Connection<AppApi>,
  request: TurnRequest,
  terminal: Terminal,
): Promise<number> {
  const { client } = connection;
  const taskId = await findTask(connection, request.taskId);
  const { turns } = await client['turn.list']({ taskId });
  if (request.kind === 'turns') {
    if (request.isJson) terminal.json({ taskId, turns });
    else terminal.lines(...(turns.length === 0 ? ['No turns yet.'] : turns.map(describeTurn)));
    return 0;
  }
  const turn = request.turn ?? defaultTurn(turns, request.kind);
  const { changes, isTruncated } = await client['turn.changes']({ taskId, turn });
  if (request.kind === 'changes') {
    if (request.isJson) terminal.json({ taskId, turn, changes, isTruncated });
    else terminal.lines(...(changes.length === 0 ? ['No files changed.'] : changes.map(describeChange)));
    return 0;
  }
  const isRedo = request.kind === 'redo';
  const found = request.paths.map((path) => changesOf(changes, path));
  const chosen = [...new Set(found.flat())];
  const missing = request.paths.filter((_, index) => found[index]?.length === 0);
  if (missing.length > 0) throw new RpcError('NOT_FOUND', `Turn ${turn} didn't change ${missing.join(', ')}.`);

  const progress = connection.onEvent((event) => {
    if (event.event !== 'turn.progress' || event.payload.taskId !== taskId || request.isJson) return;
    const { done, total } = event.payload;
    if (done % 500 === 0 && done < total) terminal.note(`· ${done} of ${total}`);
  });
  const end = terminal.onInterrupt(() => void client['turn.cancel']({ taskId }).catch(() => undefined));
  try {
    const result = await client['turn.take_back'](
      { taskId, turn, isRedo, ...(chosen.length > 0 && { changeIds: chosen.map(({ id }) => id) }) },
      { timeoutMs: takeBackDeadlineMs },
    );
    if (request.isJson) terminal.json({ taskId, ...result, of: turn });
    else {
      terminal.lines(describeOutcome({ ...result, turn, isRedo }));
      for (const { path, reason } of result.left.slice(0, listedConflicts))
        terminal.lines(`  ${path} ${reasonWords[reason]}`);
      const more = result.left.length - listedConflicts;
      if (more > 0) terminal.lines(`  and ${more} more`);
      if (!isRedo) terminal.note(`· to redo: npm start -- redo --turn ${turn}`);
    }
    return result.left.length === 0 && !result.isCancelled ? 0 : 2;
  } finally {
    end();
    progress.dispose();
  }
}
