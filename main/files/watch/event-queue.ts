/**
 * The kernel keeps a number of changes for a process to read, and drops what comes past it (inotify(7),
 * `IN_Q_OVERFLOW`), of which Node says nothing. So changes are counted that are read at one go: when there are as many
 * as the queue may hold, some may be missing, in whatever directory.
 */
import { readFileSync } from 'node:fs';

/** Of Linux, unless it was set otherwise */
const usualLimit = 16_384;

export class EventQueue {
  readonly #limit: number;
  readonly #listeners = new Set<() => void>();
  #count = 0;

  /** @param limit changes that may be missing some when they come at one go */
  constructor(limit = systemLimit()) {
    this.#limit = limit;
  }

  /** @param onOverflow what to do when some may have been missed */
  join(onOverflow: () => void): void {
    this.#listeners.add(onOverflow);
  }

  leave(onOverflow: () => void): void {
    this.#listeners.delete(onOverflow);
  }

  /** One change was read. All that is read at one go comes before `setImmediate` calls back. */
  count(): void {
    if (this.#count === 0) setImmediate(() => this.#settle());
    this.#count += 1;
  }

  #settle(): void {
    const isFull = this.#count >= this.#limit;
    this.#count = 0;
    if (isFull) for (const onOverflow of [...this.#listeners]) onOverflow();
  }
}

/** Half of what the kernel holds: not every change that it holds is for somebody who still listens. */
function systemLimit(): number {
  try {
    const held = Number.parseInt(readFileSync('/proc/sys/fs/inotify/max_queued_events', 'utf8'), 10);
    return held > 0 ? held / 2 : usualLimit / 2;
  } catch {
    return usualLimit / 2;
  }
}
