/** When a crashed VM is started again automatically: a limited number of times. */
import type { VmFailure } from '../../schema/vm-api';

const windowMs = 10 * 60_000;
const capInWindow = 3;

export class RestartPolicy {
  #restarts: number[] = [];

  constructor(private readonly now: () => number) {}

  /** Counts a restart when it returns true. Only a crash can pass by itself; anything missing or broken stays so. */
  mayRestart(reason: VmFailure['reason']): boolean {
    if (reason !== 'crashed' && reason !== 'worker_died') return false;
    const now = this.now();
    this.#restarts = this.#restarts.filter((at) => now - at < windowMs);
    if (this.#restarts.length >= capInWindow) return false;
    this.#restarts.push(now);
    return true;
  }
}
