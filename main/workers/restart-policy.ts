/** When a crashed VM is started again by itself: a few times, not for ever. */
import type { VmFailure } from '../../schema/vm-api';

const windowMs = 10 * 60_000;
const capInWindow = 3;

export class RestartPolicy {
  #restarts: number[] = [];

  constructor(private readonly now: () => number) {}

  /** Counts a restart when it answers yes. Only a crash may pass by itself; what is missing or broken stays so. */
  mayRestart(reason: VmFailure['reason']): boolean {
    if (reason !== 'crashed' && reason !== 'worker_died') return false;
    const now = this.now();
    this.#restarts = this.#restarts.filter((at) => now - at < windowMs);
    if (this.#restarts.length >= capInWindow) return false;
    this.#restarts.push(now);
    return true;
  }
}
