/** Identifiers that cross a boundary. They name folders and sockets, so their alphabet is small. */
import { z } from 'zod';

/** A task's id: lower-case letters, digits and dashes; safe as a folder name on every host. */
export const taskId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{2,63}$/, 'a task id has 3 to 64 characters of a-z, 0-9 and -');

/** The caller's id of one prompt; events of its run carry it. */
export const promptId = z.string().min(1).max(128);

/** pi's id of one dialog. */
export const dialogId = z.string().min(1).max(128);

/** A model as `provider/id`, such as `tour/tour` or `anthropic/claude-opus-5-5`. */
export const modelRef = z.string().regex(/^[\w.-]+\/.+$/, 'a model is written provider/id');
