/** One signal per task's turn: what is awaited on its behalf ends with it. */
import { setMaxListeners } from 'node:events';

export class TurnSignals {
  readonly #turns = new Map<string, AbortController>();

  get taskIds(): readonly string[] {
    return [...this.#turns.keys()];
  }

  /** Of the turn that is under way now, or of the time between two. */
  of(taskId: string): AbortSignal {
    const known = this.#turns.get(taskId);
    if (known) return known.signal;
    const turn = new AbortController();
    // As many as there are questions listen at once.
    setMaxListeners(0, turn.signal);
    this.#turns.set(taskId, turn);
    return turn.signal;
  }

  end(taskId: string): void {
    this.#turns.get(taskId)?.abort();
    this.#turns.delete(taskId);
  }
}
