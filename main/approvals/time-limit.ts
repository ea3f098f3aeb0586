/** Waits for somebody else's work, with a time limit. */
import type { Disposable } from '../../schema/transport';

export type SetTimer = (ms: number, onDue: () => void) => Disposable;

/** The result of `work`; `null` when it fails, takes too long, or `signal` is aborted. Never rejects. */
export function withinTime<T>(
  work: () => Promise<T>,
  { ms, setTimer, signal }: { readonly ms: number; readonly setTimer: SetTimer; readonly signal: AbortSignal },
): Promise<T | null> {
  if (signal.aborted) return Promise.resolve(null);
  return new Promise((resolve) => {
    const giveUp = (): void => end(null);
    const timer = setTimer(ms, giveUp);
    const end = (value: T | null): void => {
      timer.dispose();
      signal.removeEventListener('abort', giveUp);
      resolve(value);
    };
    signal.addEventListener('abort', giveUp);
    // A synchronous throw fails like a rejection.
    void (async () => work())().then(end, giveUp);
  });
}
