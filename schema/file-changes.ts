/** What turns did to files, as people see it: from the host's journal, for the page and the terminal. */
import { z } from 'zod';
import { promptId, taskId } from './ids';

const count = z.number().int().nonnegative();
/** Increases by one with each turn of a task */
const turnNumber = z.number().int().positive();

/** How long an undo or an apply may take, in `ms`: thousands of files on a slow disk, with progress meanwhile. */
export const takeBackDeadlineMs = 60 * 60_000;

const changeKind = z.enum(['created', 'changed', 'renamed', 'deleted', 'mode', 'times']);
export type FileChangeKind = z.output<typeof changeKind>;

export const changeCounts = z.object({
  created: count,
  changed: count,
  renamed: count,
  deleted: count,
  mode: count,
  times: count,
});
export type FileChangeCounts = z.output<typeof changeCounts>;

/** outside: something was written while no run was in progress */
export const turnKind = z.enum(['agent', 'outside', 'take-back']);
export type TurnKind = z.output<typeof turnKind>;

export const turnState = z.enum(['open', 'closed', 'interrupted', 'taken-back', 'partly-taken-back', 'redone']);
export type TurnState = z.output<typeof turnState>;

/** One run of the agent or one undo, with what it did to files. */
export const turnSummary = z.object({
  turn: turnNumber,
  kind: turnKind,
  promptId: promptId.nullable(),
  /** Milliseconds since the epoch */
  at: z.number(),
  state: turnState,
  counts: changeCounts,
  /** Turns that it undoes */
  of: z.array(turnNumber),
  /** Its old files were deleted, so it can't be undone */
  isPruned: z.boolean(),
});
export type TurnSummary = z.output<typeof turnSummary>;

/** What a turn is now; `summary` is `null` when it is no longer listed, because it changed nothing. */
export const turnChange = z.object({ taskId, turn: turnNumber, summary: turnSummary.nullable() });
export type TurnChange = z.output<typeof turnChange>;

export const fileChange = z.object({
  /** Stays the same while the turn continues */
  id: z.string(),
  area: z.enum(['folder', 'outputs']),
  kind: changeKind,
  fileKind: z.enum(['file', 'directory', 'symlink', 'other']),
  /** Names joined by `/`, before; `null` for a new file */
  from: z.string().nullable(),
  /** Names joined by `/`, now; `null` for a deleted file */
  to: z.string().nullable(),
  sizeBefore: z.number().nullable(),
  sizeAfter: z.number().nullable(),
  /** Whether the old content can be restored */
  isKept: z.boolean(),
});
export type FileChange = z.output<typeof fileChange>;

/** Why a change isn't undone unless the person chooses to. */
const conflictReason = z.enum([
  'changed-since',
  'mixed',
  'later-turn',
  'missing',
  'occupied',
  'not-kept',
  'not-empty',
  'failed',
]);

export const takeBackConflict = z.object({ changeId: z.string(), path: z.string(), reason: conflictReason });
export type TakeBackConflict = z.output<typeof takeBackConflict>;

/** leave: keeps what is there; take-back: moves it into the store, from where a redo restores it */
export const conflictChoice = z.enum(['leave', 'take-back']);

export const takeBackResult = z.object({
  /** The turn of this undo; undoing it is the redo */
  turn: z.number().int().positive(),
  done: count,
  /** Changes that stay as they are */
  left: z.array(takeBackConflict),
  /** Whether times are restored to the nanosecond; otherwise to the microsecond */
  areTimesExact: z.boolean(),
  isCancelled: z.boolean(),
});
export type TakeBackResult = z.output<typeof takeBackResult>;
