/** Waits until the work ends, time runs out or the signal aborts. */
import { ContractError, toContractError } from '../../schema/capnp/contract-error';

export interface Limit {
  /** Milliseconds; absent when the work always ends by itself */
  readonly deadlineMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The error when time runs out */
  readonly late: ContractError;
}

/** @throws ContractError `late`, `cancelled`, or the work's own error */
export function within<T>(work: Promise<T>, { deadlineMs, signal, late }: Limit): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => end(() => reject(new ContractError('cancelled', 'The run was stopped.')));
    const timer = deadlineMs === undefined ? undefined : setTimeout(() => end(() => reject(late)), deadlineMs);
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      settle();
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    work.then(
      (value) => end(() => resolve(value)),
      (error: unknown) => end(() => reject(toContractError(error))),
    );
    if (signal?.aborted) onAbort();
  });
}
