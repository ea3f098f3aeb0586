/** One signal per task's turn: whatever waits on its behalf ends with it. */
import { setMaxListeners } from 'node:events';

export class TurnSignals {
  readonly #turns = new Map<string, AbortController>();

  get taskIds(): readonly string[] {
    return [...this.#turns.keys()];
  }

  /** The signal of the present turn, or of the time between two. */
  of(taskId: string): AbortSignal {
    const known = this.#turns.get(taskId);
    if (known) return known.signal;
    const turn = new AbortController();
    // Every open question listens.
    setMaxListeners(0, turn.signal);
    this.#turns.set(taskId, turn);
    return turn.signal;
  }

  end(taskId: string): void {
    this.#turns.get(taskId)?.abort();
    this.#turns.delete(taskId);
  }
}
