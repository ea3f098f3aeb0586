/** What the shells know of a task without opening it. */
import { z } from 'zod';
import { tokenUsage } from './agent-output';
import { dialog } from './dialogs';
import { modelRef, promptId, taskId } from './ids';

/** What the person needs to know at a glance. */
export const taskActivity = z.enum(['idle', 'starting', 'running', 'needs_you', 'failed', 'stopped']);

/** A question that waits for an answer. */
export const openDialog = dialog.and(
  z.object({
    /** When the task asked, in milliseconds since the epoch; `timeoutMs` counts from it */
    openedAt: z.number().optional(),
  }),
);
export type OpenDialog = z.output<typeof openDialog>;

export const taskSummary = z.object({
  taskId,
  title: z.string(),
  /** Absolute path on the host, or none bound yet */
  workingFolder: z.string().nullable(),
  /** What the agent does to the folder waits until the person has approved it */
  reviewsChanges: z.boolean(),
  /** Set when the folder cannot be used now: what is wrong and what to do */
  folderProblem: z.string().nullable(),
  model: modelRef,
  createdAt: z.number(),
  updatedAt: z.number(),
  activity: taskActivity,
  /** Text for `failed`: what happened and what to do next */
  problem: z.string().nullable(),
  promptInFlight: promptId.nullable(),
  dialogs: z.array(openDialog),
  usage: tokenUsage,
});
export type TaskSummary = z.output<typeof taskSummary>;
