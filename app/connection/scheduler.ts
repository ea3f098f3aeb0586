/** Frames and delays, passed in so that tests need no clock. */
import type { Disposable } from '../../schema/transport';

export interface Scheduler {
  now(): number;
  /** Runs once, before the next paint, or soon if nothing is painted */
  frame(run: () => void): Disposable;
  after(delayMs: number, run: () => void): Disposable;
}

/** How long events wait in a hidden page, where no frame comes, in `ms` */
const hiddenFrameMs = 250;

const after = (delayMs: number, run: () => void): Disposable => {
  const timer = setTimeout(run, delayMs);
  return { dispose: () => clearTimeout(timer) };
};

export const browserScheduler: Scheduler = {
  now: () => Date.now(),
  after,
  frame: (run) => {
    if (document.hidden) return after(hiddenFrameMs, run);
    const runOnce = (): void => {
      cancel();
      run();
    };
    const frame = requestAnimationFrame(runOnce);
    // A page that was hidden in the meantime gets no frame, and its events would pile up.
    const fallback = after(hiddenFrameMs, runOnce);
    const cancel = (): void => {
      cancelAnimationFrame(frame);
      fallback.dispose();
    };
    return { dispose: cancel };
  },
};
