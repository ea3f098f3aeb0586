/**
 * The kernel queues a number of events for a process and drops the rest (inotify(7), `IN_Q_OVERFLOW`). Node doesn't
 * report that. So the events of one read are counted: when there are as many as the queue can hold, some may be
 * missing, in any directory.
 */
import { readFileSync } from 'node:fs';
import { type Disposable, Listeners } from '../../schema/transport';

/** Linux's default */
const usualLength = 16_384;

export class EventQueue {
  /** Half, because not every event in the kernel's queue is for a listener that still exists. */
  readonly #limit = queueLength() / 2;
  readonly #overflowed = new Listeners<void>();
  #count = 0;

  /** Fires when changes may have been missed. */
  onOverflow(listener: () => void): Disposable {
    return this.#overflowed.add(listener);
  }

  /** One event was read. All events of one read arrive before `setImmediate` fires. */
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

/** How many events the kernel queues. */
function queueLength(): number {
  try {
    return Number.parseInt(readFileSync('/proc/sys/fs/inotify/max_queued_events', 'utf8'), 10) || usualLength;
  } catch {
    return usualLength;
  }
}
