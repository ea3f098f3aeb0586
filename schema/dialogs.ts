/** Questions that an agent or an extension asks the person, and their answers. */
import { z } from 'zod';
import { dialogId } from './ids';

const common = {
  id: dialogId,
  title: z.string(),
  /** Milliseconds after which pi answers itself; absent when it waits forever */
  timeoutMs: z.number().positive().optional(),
};

export const dialog = z.discriminatedUnion('method', [
  z.object({ ...common, method: z.literal('confirm'), message: z.string() }),
  z.object({ ...common, method: z.literal('select'), options: z.array(z.string()) }),
  z.object({ ...common, method: z.literal('input'), placeholder: z.string().optional() }),
  z.object({ ...common, method: z.literal('editor'), prefill: z.string().optional() }),
]);

export type Dialog = z.output<typeof dialog>;

/** `value` answers select, input and editor; `confirmed` answers confirm; `cancelled` answers any. */
export const dialogAnswer = z.union([
  z.strictObject({ value: z.string() }),
  z.strictObject({ confirmed: z.boolean() }),
  z.strictObject({ cancelled: z.literal(true) }),
]);

export type DialogAnswer = z.output<typeof dialogAnswer>;

export const dialogCloseReason = z.enum(['answered', 'timed_out', 'aborted', 'task_ended']);
