/** A clock that moves only when the test moves it. */
import type { Disposable } from '../../../schema/transport';

interface FakeTimer {
  readonly dueAt: number;
  readonly onDue: () => void;
}

export class FakeClock {
  readonly #timers = new Set<FakeTimer>();
  #now = 1_000_000;

  readonly now = (): number => this.#now;

  readonly setTimer = (ms: number, onDue: () => void): Disposable => {
    const timer = { dueAt: this.#now + ms, onDue };
    this.#timers.add(timer);
    return { dispose: () => void this.#timers.delete(timer) };
  };

  get timers(): number {
    return this.#timers.size;
  }

  /** Advances and runs each timer at its time. */
  advance(ms: number): void {
    const until = this.#now + ms;
    for (;;) {
      const [next] = [...this.#timers].filter(({ dueAt }) => dueAt <= until).sort((a, b) => a.dueAt - b.dueAt);
      if (!next) break;
      this.#timers.delete(next);
      this.#now = next.dueAt;
      next.onDue();
    }
    this.#now = until;
  }
}
