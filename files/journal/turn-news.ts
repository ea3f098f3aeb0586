/** Says which turns differ: once for all that happens in a moment, and at once when a turn ends. */
import { Listeners, type Disposable } from '../../schema/transport';

/** Runs something later, and at the earliest after so many `ms` */
export type Soon = (run: () => void, delayMs: number) => void;

/** What happens in this time is one report, in `ms` */
const gatherMs = 100;
/** Between two reports, in `ms` */
const paceMs = 350;
/** To count a turn's changes takes longer the more there are: so many times its duration passes between two */
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

  /** These turns differ: reported soon. */
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

  /** Reports now what differs. */
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
