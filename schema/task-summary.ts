/** What the shells know about a task without opening it. */
import { z } from 'zod';
import { tokenUsage } from './agent-output';
import { dialog } from './dialogs';
import { runEnding } from './run-ending';
import { modelRef, promptId, taskId } from './ids';

/** What the person needs to know at a glance. */
const taskActivity = z.enum(['idle', 'starting', 'running', 'needs_you', 'failed', 'stopped']);

/** A question that waits for an answer. */
export const openDialog = dialog.and(
  z.object({
    /** When the task asked, in milliseconds since the epoch; `timeoutMs` counts from then */
    openedAt: z.number().optional(),
  }),
);
export type OpenDialog = z.output<typeof openDialog>;

export const taskSummary = z.object({
  taskId,
  title: z.string(),
  /** Absolute path on the host, or `null` when none is bound yet */
  workingFolder: z.string().nullable(),
  /** Whether the agent's changes to the folder wait until the person approves them */
  reviewsChanges: z.boolean(),
  /** Set when the folder can't be used now: what is wrong and what to do */
  folderProblem: z.string().nullable(),
  model: modelRef,
  createdAt: z.number(),
  updatedAt: z.number(),
  activity: taskActivity,
  /** For `failed`: how the last run ended */
  ending: runEnding.optional(),
  /** How many tasks open before this one, while it waits for its turn */
  openingAhead: z.number().int().nonnegative().nullable(),
  /** Text for `failed`: what happened and what to do next */
  problem: z.string().nullable(),
  promptInFlight: promptId.nullable(),
  dialogs: z.array(openDialog),
  usage: tokenUsage,
});
export type TaskSummary = z.output<typeof taskSummary>;
