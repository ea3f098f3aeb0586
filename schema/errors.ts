/**
 * Errors that cross a boundary. Every contract answers with these codes and no others.
 */
import { z } from 'zod';

export const errorCode = z.enum([
  'TASK_NOT_FOUND',
  'TASK_NOT_READY',
  'SWITCH_TIMEOUT',
  'PI_PROCESS_DEAD',
  'TASK_BOOTSTRAP_FAILED',
  'WORKSPACE_POLICY_VIOLATION',
  'FOLDER_ALREADY_BOUND',
  'UNAUTHENTICATED',
  'PROTOCOL_MISMATCH',
  'FRAME_TOO_LARGE',
  'INVALID_REQUEST',
  'DEADLINE_EXCEEDED',
  'NOT_SUPPORTED',
  'NOT_FOUND',
  'CANCELLED',
  'DISCONNECTED',
  'VM_FAILED',
  'PROVIDER_ERROR',
  'INTERNAL_ERROR',
]);

export type ErrorCode = z.output<typeof errorCode>;

const retryableCodes: ReadonlySet<ErrorCode> = new Set([
  'TASK_NOT_READY',
  'SWITCH_TIMEOUT',
  'PI_PROCESS_DEAD',
  'DEADLINE_EXCEEDED',
  'DISCONNECTED',
  'VM_FAILED',
]);

/** Whether the same call may succeed later without a change by the caller. */
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

/** An error as it is written on the wire; anything that is not an `RpcError` becomes `INTERNAL_ERROR`. */
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

/** The error that a failed response stands for. */
export const fromWireError = (error: WireError): RpcError =>
  new RpcError(error.code, error.message, { details: error.details });
