/**
 * The only error that crosses the contract. On the wire it is an RPC exception whose reason begins with the code
 * (`denied: the person said no`), so that an extension in any language can raise it with its library.
 */
import { errorCodeValues, type ErrorCode } from '../generated/pi-api';

const retryableCodes: ReadonlySet<ErrorCode> = new Set(['deadlineExceeded', 'disconnected', 'overloaded', 'notReady']);

/** Fails a call with one of the contract's codes. The message says what happened and what to do next. */
export class ContractError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ContractError';
    this.code = code;
  }

  /** Whether the same call may succeed later without changes by the caller. */
  get retryable(): boolean {
    return retryableCodes.has(this.code);
  }
}

/** Any thrown value as a contract error; anything that isn't one becomes `internalError`. */
export function toContractError(thrown: unknown): ContractError {
  if (thrown instanceof ContractError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new ContractError('internalError', message, { cause: thrown });
}

/** The standard's exception types, by number. */
const exceptionTypes = ['failed', 'overloaded', 'disconnected', 'unimplemented'] as const;

/** An exception on the wire. */
export interface WireException {
  readonly reason: string;
  /** The number of the standard's exception type */
  readonly type: number;
}

/** Converts an error to an RPC exception. */
export const toWireException = (error: ContractError): WireException => ({
  reason: `${error.code}: ${error.message}`,
  type: Math.max(0, exceptionTypes.indexOf(error.code as (typeof exceptionTypes)[number])),
});

// Libraries put their own words in front of a reason, so this also looks for the code behind a colon. pycapnp adds a
// whole traceback, which ends with a line end.
const codePattern = new RegExp(`(?:^|: )(${errorCodeValues.join('|')}): ?([\\s\\S]*)$`);

/** Converts an RPC exception to an error; without a code of the contract, its type decides. */
export function fromWireException({ reason, type }: WireException): ContractError {
  const [, code, message] = codePattern.exec(reason) ?? [];
  if (code !== undefined) return new ContractError(code as ErrorCode, (message ?? '').trimEnd());
  const name = exceptionTypes[type] ?? 'failed';
  return new ContractError(name === 'failed' ? 'internalError' : name, reason);
}
