/** Which names the kernel was just told to look up again. */
import type { Place } from './nodes';

/** Even on a slow machine, it has retried by then. */
const retryMs = 200;
const limit = 1000;

export class RecentRetries {
  readonly #sentAtMs = new Map<string, number>();

  /** Whether the kernel was just sent for the same name. From now on it was. */
  isAgain({ parent, name }: Place): boolean {
    const key = `${parent?.id ?? ''}/${name}`;
    const now = performance.now();
    const before = this.#sentAtMs.get(key) ?? -Infinity;
    if (this.#sentAtMs.size >= limit) this.#sentAtMs.clear();
    this.#sentAtMs.set(key, now);
    return now - before < retryMs;
  }
}
