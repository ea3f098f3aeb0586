/**
 * The one error that crosses the contract. On the wire it is an RPC exception whose reason begins with the code
 * (`denied: the person said no`), so that an extension in any language can raise it with its library's own means.
 */
import { errorCodeValues, type ErrorCode } from '../generated/pi-api';

const retryableCodes: ReadonlySet<ErrorCode> = new Set(['deadlineExceeded', 'disconnected', 'overloaded', 'notReady']);

/** Fails a call with a code of the contract; the message says what happened and what to do next. */
export class ContractError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ContractError';
    this.code = code;
  }

  /** Whether the same call may succeed later without a change by the caller. */
  get retryable(): boolean {
    return retryableCodes.has(this.code);
  }
}

/** Anything thrown, as an error of the contract; what is not one already becomes `internalError`. */
export function toContractError(thrown: unknown): ContractError {
  if (thrown instanceof ContractError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new ContractError('internalError', message, { cause: thrown });
}

/** The standard's exception types, by number. */
const exceptionTypes = ['failed', 'overloaded', 'disconnected', 'unimplemented'] as const;

/** An exception as it stands on the wire. */
export interface WireException {
  readonly reason: string;
  /** Number of the standard's type */
  readonly type: number;
}

/** How an error is written as an RPC exception. */
export const toWireException = (error: ContractError): WireException => ({
  reason: `${error.code}: ${error.message}`,
  type: Math.max(0, exceptionTypes.indexOf(error.code as (typeof exceptionTypes)[number])),
});

// Libraries put words of their own in front of a reason, so the code is looked for behind a colon as well; pycapnp
// gives a whole traceback, which ends with a line end.
const codePattern = new RegExp(`(?:^|: )(${errorCodeValues.join('|')}): ?([\\s\\S]*)$`);

/** The error that an RPC exception stands for; without a code of the contract its type decides. */
export function fromWireException({ reason, type }: WireException): ContractError {
  const [, code, message] = codePattern.exec(reason) ?? [];
  if (code !== undefined) return new ContractError(code as ErrorCode, (message ?? '').trimEnd());
  const name = exceptionTypes[type] ?? 'failed';
  return new ContractError(name === 'failed' ? 'internalError' : name, reason);
}
