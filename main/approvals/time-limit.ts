/** Waits for something that others do, for so long and no longer. */
import type { Disposable } from '../../schema/transport';

export type SetTimer = (ms: number, onDue: () => void) => Disposable;

/** What `work` gives; `null` when it fails, when it takes too long, and as soon as `signal` says so. Never rejects. */
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
    // A call that throws at once fails like one that rejects.
    void (async () => work())().then(end, giveUp);
  });
}
