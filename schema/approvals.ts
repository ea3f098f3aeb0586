/** Questions at the act: the agent is about to delete, move or rename something that the person had before. */
import { z } from 'zod';
import { taskId } from './ids';

/**
 * What may need a yes. `change` is asked only if the person set it so, because a change can be undone. `run` is a
 * command that needs a question before it runs, because of what it is.
 */
export const approvalKind = z.enum(['delete', 'rename', 'change', 'run']);
export type ApprovalKind = z.output<typeof approvalKind>;

/** How far a yes reaches. once: this program, and everything it does of the same kind */
const approvalScope = z.enum(['once', 'turn', 'task', 'folder']);
export type ApprovalScope = z.output<typeof approvalScope>;

export const approvalAnswer = z.discriminatedUnion('allow', [
  z.strictObject({ allow: z.literal(true), scope: approvalScope }),
  /** Denies everything that this program does of the same kind */
  z.strictObject({ allow: z.literal(false) }),
]);
export type ApprovalAnswer = z.output<typeof approvalAnswer>;

/** An open question. It also counts what else the same program wants of the same kind meanwhile. */
export const approval = z.object({
  id: z.string(),
  taskId,
  kind: approvalKind,
  /** The first file, names below the folder joined by `/`; the command itself for `run` */
  path: z.string(),
  /** Where a rename leads */
  to: z.string().nullable(),
  /** The whole question in words, for one asked before the command runs; `null` for an act that waits */
  sentence: z.string().nullable(),
  /** In bytes; `null` for a directory */
  sizeBytes: z.number().nonnegative().nullable(),
  fileKind: z.enum(['file', 'directory', 'symlink', 'other']),
  /** The program's command line, such as `rm -rf Reports`; `null` when unknown */
  program: z.string().nullable(),
  /** How many held acts wait for this answer */
  count: z.number().int().positive(),
  /** Milliseconds since the epoch */
  openedAt: z.number(),
  /** When it is denied without an answer */
  expiresAt: z.number(),
});
export type Approval = z.output<typeof approval>;

/** A yes for more than one program or command; can be removed. */
export const grant = z.object({
  id: z.string(),
  kind: approvalKind,
  scope: z.enum(['turn', 'task', 'folder']),
  /** `null` for `folder` */
  taskId: taskId.nullable(),
  /** Absolute path, for `folder` */
  folder: z.string().nullable(),
  grantedAt: z.number(),
});
export type Grant = z.output<typeof grant>;

/** How a question ended, for the log that a person can export. */
export const approvalOutcome = z.enum([
  'allowed',
  'denied',
  /** By a grant, without a question */
  'granted',
  /** Nobody answered in time */
  'expired',
  /** The run was stopped, or nobody could be asked */
  'cancelled',
]);

export type ApprovalOutcome = z.output<typeof approvalOutcome>;

export const approvalLogEntry = z.object({
  at: z.number(),
  taskId,
  kind: approvalKind,
  path: z.string(),
  to: z.string().nullable(),
  program: z.string().nullable(),
  count: z.number().int().positive(),
  outcome: approvalOutcome,
  scope: approvalScope.nullable(),
});
export type ApprovalLogEntry = z.output<typeof approvalLogEntry>;
