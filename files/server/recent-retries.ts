/** Which names the kernel was just sent to look up again. */
import type { Place } from './nodes';

/** By then it is back, even on a slow machine. */
const retryMs = 200;
const limit = 1000;

export class RecentRetries {
  readonly #sentAtMs = new Map<string, number>();

  /** Whether the kernel was sent for the same name just before; from now on it was. */
  isAgain({ parent, name }: Place): boolean {
    const key = `${parent?.id ?? ''}/${name}`;
    const now = performance.now();
    const before = this.#sentAtMs.get(key) ?? -Infinity;
    if (this.#sentAtMs.size >= limit) this.#sentAtMs.clear();
    this.#sentAtMs.set(key, now);
    return now - before < retryMs;
  }
}
