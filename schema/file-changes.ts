/** What turns did to files, as people see it: the host's journal tells it, the page and the terminal show it. */
import { z } from 'zod';
import { promptId } from './ids';

const count = z.number().int().nonnegative();

/** How long a taking back or an apply may last, in `ms`: thousands of files on a slow disk, with progress meanwhile. */
export const takeBackDeadlineMs = 60 * 60_000;

export const changeKind = z.enum(['created', 'changed', 'renamed', 'deleted', 'mode', 'times']);
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

/** outside: something wrote when no run was under way */
export const turnKind = z.enum(['agent', 'outside', 'take-back']);
export type TurnKind = z.output<typeof turnKind>;

export const turnState = z.enum(['open', 'closed', 'interrupted', 'taken-back', 'partly-taken-back', 'redone']);
export type TurnState = z.output<typeof turnState>;

/** One run of the agent, or a taking back, with what it did to files. */
export const turnSummary = z.object({
  /** Rises by one with each turn of a task */
  turn: z.number().int().positive(),
  kind: turnKind,
  promptId: promptId.nullable(),
  /** Milliseconds since the epoch */
  at: z.number(),
  state: turnState,
  counts: changeCounts,
  /** Turns that it takes back */
  of: z.array(z.number().int().positive()),
  /** Its files of before are let go of: it cannot be taken back any more */
  isPruned: z.boolean(),
});
export type TurnSummary = z.output<typeof turnSummary>;

export const fileChange = z.object({
  /** Stays the same while the turn goes on */
  id: z.string(),
  area: z.enum(['folder', 'outputs']),
  kind: changeKind,
  fileKind: z.enum(['file', 'directory', 'symlink', 'other']),
  /** Names joined by `/`, before; `null` for what is new */
  from: z.string().nullable(),
  /** Names joined by `/`, now; `null` for what is gone */
  to: z.string().nullable(),
  sizeBefore: z.number().nullable(),
  sizeAfter: z.number().nullable(),
  /** Whether the content of before can come back */
  isKept: z.boolean(),
});
export type FileChange = z.output<typeof fileChange>;

/** Why a change is not taken back without being asked for. */
export const conflictReason = z.enum([
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

/** leave: what is there stays; take-back: it goes into the store, from where a redo brings it back */
export const conflictChoice = z.enum(['leave', 'take-back']);

export const takeBackResult = z.object({
  /** The turn that this taking back is; taking it back is the redo */
  turn: z.number().int().positive(),
  done: count,
  /** What stays as it is */
  left: z.array(takeBackConflict),
  /** Whether times are what they were to the nanosecond, else to the microsecond */
  areTimesExact: z.boolean(),
  isCancelled: z.boolean(),
});
export type TakeBackResult = z.output<typeof takeBackResult>;
