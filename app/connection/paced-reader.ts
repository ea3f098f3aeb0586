/** Reads things repeatedly at a pace that the page can handle, however often they change. */
import type { Disposable } from '../../schema/transport';
import type { Scheduler } from './scheduler';
import { createSingleReader, type SingleReader } from './single-reader';

/** Between two reads of the same thing, in `ms` */
const paceMs = 350;
/** Slow reads are done less often: this many times their duration passes between two */
const restFactor = 3;

export interface PacedReaderOptions {
  readonly scheduler: Pick<Scheduler, 'now' | 'after'>;
  /** Checks again what is stale, after a read or when its time has come */
  readonly check: () => void;
}

export interface PacedReader extends Disposable {
  /** Reads now, or asks for another check when it is too early */
  readonly read: SingleReader['read'];
}

/** Runs one read of each key at a time, with a pause between two. */
export function createPacedReader({ scheduler, check }: PacedReaderOptions): PacedReader {
  const single = createSingleReader(check);
  const notBefore = new Map<string, number>();
  const waiting = new Map<string, Disposable>();

  const wait = (key: string, delayMs: number): void => {
    if (waiting.has(key)) return;
    const again = (): void => {
      waiting.delete(key);
      check();
    };
    waiting.set(key, scheduler.after(delayMs, again));
  };

  return {
    read: async (key, read, onProblem) => {
      if (single.isReading(key)) return;
      const now = scheduler.now();
      const allowedAt = notBefore.get(key) ?? 0;
      if (allowedAt > now) return wait(key, allowedAt - now);
      const pacedRead = (): Promise<void> =>
        read().finally(() => {
          const durationMs = scheduler.now() - now;
          notBefore.set(key, now + Math.max(paceMs, durationMs * (1 + restFactor)));
        });
      await single.read(key, pacedRead, onProblem);
    },
    dispose: () => {
      for (const delay of waiting.values()) delay.dispose();
      waiting.clear();
    },
  };
}
