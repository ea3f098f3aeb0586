/**
 * The kernel keeps a number of changes for a process to read, and drops what comes past it (inotify(7),
 * `IN_Q_OVERFLOW`), of which Node says nothing. So changes are counted that are read at one go: when there are as many
 * as the queue may hold, some may be missing, in whatever directory.
 */
import { readFileSync } from 'node:fs';
import { type Disposable, Listeners } from '../../schema/transport';

/** Of Linux, unless it was set otherwise */
const usualLength = 16_384;

export class EventQueue {
  /** Not every change that the kernel holds is for somebody who still listens. */
  readonly #limit = queueLength() / 2;
  readonly #overflowed = new Listeners<void>();
  #count = 0;

  /** Tells that changes may have been missed. */
  onOverflow(listener: () => void): Disposable {
    return this.#overflowed.add(listener);
  }

  /** One change was read. All that is read at one go comes before `setImmediate` calls back. */
  count(): void {
    if (this.#count === 0) setImmediate(() => this.#settle());
    this.#count += 1;
  }

  #settle(): void {
    const isFull = this.#count >= this.#limit;
    this.#count = 0;
    if (isFull) this.#overflowed.emit();
  }
}

/** How many changes the kernel holds. */
function queueLength(): number {
  try {
    return Number.parseInt(readFileSync('/proc/sys/fs/inotify/max_queued_events', 'utf8'), 10) || usualLength;
  } catch {
    return usualLength;
  }
}
