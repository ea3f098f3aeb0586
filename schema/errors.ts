/** Errors that cross a boundary. Every contract uses only these codes. */
import { z } from 'zod';

export const errorCode = z.enum([
  /** No task has this id; open it first */
  'TASK_NOT_FOUND',
  /** The task is not open, or a run is in progress */
  'TASK_NOT_READY',
  /** The task's pi process has ended; opening the task again starts a new one */
  'PI_PROCESS_DEAD',
  /** pi was started, but couldn't be made ready */
  'TASK_BOOTSTRAP_FAILED',
  /** The folder or file can't be used: outside, missing, a link, or not a folder */
  'WORKSPACE_POLICY_VIOLATION',
  /** The task already has a folder, and keeps it */
  'FOLDER_ALREADY_BOUND',
  /** The proof of the key was wrong */
  'UNAUTHENTICATED',
  /** The other side uses another version, or answered in an unexpected shape */
  'PROTOCOL_MISMATCH',
  /** A line was longer than the cap */
  'FRAME_TOO_LARGE',
  /** The payload doesn't fit the command, or the id was used before with another payload */
  'INVALID_REQUEST',
  /** No answer in time */
  'DEADLINE_EXCEEDED',
  /** There is no such command, or this build doesn't support it */
  'NOT_SUPPORTED',
  /** What the request names does not exist */
  'NOT_FOUND',
  /** The caller no longer waits */
  'CANCELLED',
  /** The connection closed before the answer */
  'DISCONNECTED',
  /** The virtual machine is not running */
  'VM_FAILED',
  /** The model's provider refused or failed */
  'PROVIDER_ERROR',
  /** A bug in the program; the message is for a bug report */
  'INTERNAL_ERROR',
]);

export type ErrorCode = z.output<typeof errorCode>;

const retryableCodes: ReadonlySet<ErrorCode> = new Set([
  'TASK_NOT_READY',
  'PI_PROCESS_DEAD',
  'DEADLINE_EXCEEDED',
  'DISCONNECTED',
  'VM_FAILED',
]);

/** Whether the same call may succeed later without changes by the caller. */
export const isRetryable = (code: ErrorCode): boolean => retryableCodes.has(code);

/** The `error` member of a failed response. */
export const wireError = z.object({
  code: errorCode,
  message: z.string(),
  retryable: z.boolean(),
  details: z.unknown().optional(),
});

export type WireError = z.output<typeof wireError>;

/** The only error that crosses a boundary; its message says what happened and what to do next. */
export class RpcError extends Error {
  readonly code: ErrorCode;
  readonly details: unknown;

  constructor(code: ErrorCode, message: string, options: { cause?: unknown; details?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'RpcError';
    this.code = code;
    this.details = options.details;
  }

  get retryable(): boolean {
    return isRetryable(this.code);
  }
}

/** Converts an error to its shape on the wire; anything that isn't an `RpcError` becomes `INTERNAL_ERROR`. */
export function toWireError(error: unknown): WireError {
  if (error instanceof RpcError) {
    const { code, message, retryable, details } = error;
    return details === undefined ? { code, message, retryable } : { code, message, retryable, details };
  }
  return {
    code: 'INTERNAL_ERROR',
    message: error instanceof Error ? error.message : String(error),
    retryable: false,
  };
}

/** Converts a failed response to an error. */
export const fromWireError = (error: WireError): RpcError =>
  new RpcError(error.code, error.message, { details: error.details });
