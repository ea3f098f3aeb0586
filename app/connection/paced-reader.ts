/** Reads things again and again at a pace that the page can follow, however often they change. */
import { RpcError } from '../../schema/errors';
import type { Disposable } from '../../schema/transport';
import { describeError } from './attempt';
import type { Scheduler } from './scheduler';

/** Between two readings of the same, in `ms` */
const paceMs = 350;
/** A reading that takes long is done less often: so many times its duration passes between two */
const restFactor = 3;

export interface PacedReaderOptions {
  readonly scheduler: Pick<Scheduler, 'now' | 'after'>;
  /** Looks again at what is stale: a reading ended, or its time came */
  readonly check: () => void;
}

export interface PacedReader extends Disposable {
  /** Reads now, or asks for another look when it is too early; `onProblem` takes what went wrong, in words */
  read(key: string, read: () => Promise<void>, onProblem: (problem: string) => void): Promise<void>;
}

/** Runs one reading of each key at a time, with a pause between two. */
export function createPacedReader({ scheduler, check }: PacedReaderOptions): PacedReader {
  const underWay = new Set<string>();
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
      if (underWay.has(key)) return;
      const now = scheduler.now();
      const allowedAt = notBefore.get(key) ?? 0;
      if (allowedAt > now) return wait(key, allowedAt - now);
      underWay.add(key);
      try {
        await read();
      } catch (error) {
        // A lost connection has its own banner, and everything is read again after it.
        if (error instanceof RpcError && error.code === 'DISCONNECTED') return;
        onProblem(describeError(error));
      } finally {
        underWay.delete(key);
        const durationMs = scheduler.now() - now;
        notBefore.set(key, now + Math.max(paceMs, durationMs * (1 + restFactor)));
      }
      // Something may have become stale while it was read.
      check();
    },
    dispose: () => {
      for (const delay of waiting.values()) delay.dispose();
      waiting.clear();
    },
  };
}
