/** The time, for components that show how long something takes. It ticks only while one of them is shown. */
import { useSyncExternalStore } from 'react';

interface Clock {
  readonly subscribe: (listener: () => void) => () => void;
  readonly read: () => number;
}

function createClock(stepMs: number): Clock {
  const listeners = new Set<() => void>();
  let now = Date.now();
  let timer: ReturnType<typeof setInterval> | undefined;
  const tick = (): void => {
    now = Date.now();
    for (const listener of listeners) listener();
  };
  return {
    read: () => now,
    subscribe: (listener) => {
      listeners.add(listener);
      timer ??= setInterval(tick, stepMs);
      now = Date.now();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
  };
}

const fast = createClock(100);
const slow = createClock(30_000);

/** Now, in milliseconds, in steps of a tenth of a second or of half a minute. */
export function useNow(pace: 'tenths' | 'minutes'): number {
  const clock = pace === 'tenths' ? fast : slow;
  return useSyncExternalStore(clock.subscribe, clock.read, clock.read);
}
