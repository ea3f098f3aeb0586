/** A clock that moves when a test says so. */
import type { Disposable } from '../../schema/transport';
import type { Scheduler } from '../connection/scheduler';

interface Waiting {
  readonly at: number;
  readonly run: () => void;
}

export class ManualScheduler implements Scheduler {
  #now = 1_000_000;
  #frames: (() => void)[] = [];
  #waiting: Waiting[] = [];
  /** How many frames were requested */
  frameCount = 0;

  now(): number {
    return this.#now;
  }

  frame(run: () => void): Disposable {
    this.frameCount += 1;
    this.#frames.push(run);
    return { dispose: () => void (this.#frames = this.#frames.filter((other) => other !== run)) };
  }

  after(delayMs: number, run: () => void): Disposable {
    const waiting = { at: this.#now + delayMs, run };
    this.#waiting.push(waiting);
    return { dispose: () => void (this.#waiting = this.#waiting.filter((other) => other !== waiting)) };
  }

  /** Remaining delays, in `ms` from now */
  get delays(): readonly number[] {
    return this.#waiting.map(({ at }) => at - this.#now);
  }

  paint(): void {
    for (const run of this.#frames.splice(0)) run();
  }

  advance(durationMs: number): void {
    const end = this.#now + durationMs;
    for (;;) {
      const next = this.#waiting.toSorted((left, right) => left.at - right.at)[0];
      if (!next || next.at > end) break;
      this.#now = Math.max(this.#now, next.at);
      this.#waiting = this.#waiting.filter((other) => other !== next);
      next.run();
    }
    this.#now = end;
  }
}

/** Lets messages between linked transports, and the promises behind them, finish. */
export const settle = async (): Promise<void> => {
  // Each hop of a call is a microtask or two; this is more than any call needs.
  for (let turn = 0; turn < 60; turn += 1) await Promise.resolve();
};
