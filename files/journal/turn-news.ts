/** Reports which turns have changed: once for everything within a moment, and immediately when a turn ends. */
import { Listeners, type Disposable } from '../../schema/transport';

/** Runs something after at least so many `ms` */
export type Soon = (run: () => void, delayMs: number) => void;

/** Changes within this time are one report, in `ms` */
const gatherMs = 100;
/** Between two reports, in `ms` */
const paceMs = 350;
/** Counting takes longer the more changes there are: between two counts, this many times the duration passes */
const restFactor = 9;

const later: Soon = (run, delayMs) => {
  setTimeout(run, delayMs).unref();
};

export class TurnNews {
  readonly #changed = new Listeners<number>();
  readonly #turns = new Set<number>();
  readonly #soon: Soon;
  #isDue = false;
  #notBefore = 0;

  constructor(soon: Soon = later) {
    this.#soon = soon;
  }

  /** These turns have changed: reported soon. */
  add(turns: Iterable<number>): void {
    for (const turn of turns) this.#turns.add(turn);
    if (this.#isDue) return;
    this.#isDue = true;
    const run = (): void => {
      this.#isDue = false;
      this.report();
    };
    this.#soon(run, Math.max(gatherMs, this.#notBefore - performance.now()));
  }

  /** Reports the changed turns now. */
  report(): void {
    const turns = [...this.#turns];
    this.#turns.clear();
    const startedAt = performance.now();
    for (const turn of turns) this.#changed.emit(turn);
    const now = performance.now();
    this.#notBefore = now + Math.max(paceMs, restFactor * (now - startedAt));
  }

  onChanged(listener: (turn: number) => void): Disposable {
    return this.#changed.add(listener);
  }
}
