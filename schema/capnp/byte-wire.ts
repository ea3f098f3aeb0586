/** A wire carries bytes in order, both ways, without frames. */

/** One end of a wire. */
export interface ByteWire {
  /** Queues bytes; drops them after close. Never throws. */
  write(bytes: Uint8Array): void;
  /** One listener, set once. It immediately gets the bytes that came earlier. */
  onData(listener: (bytes: Uint8Array) => void): void;
  /** One listener, called once, or immediately when the wire is already closed. `cause` says why, for people. */
  onClose(listener: (cause: string) => void): void;
  /** Closing twice is harmless. */
  close(cause?: string): void;
}

/** What every wire shares: one listener of each kind, kept early bytes, and closing exactly once. */
export class WireEnd {
  #onData: ((bytes: Uint8Array) => void) | null = null;
  #onClose: ((cause: string) => void) | null = null;
  #early: Uint8Array[] = [];
  #cause: string | null = null;

  get isClosed(): boolean {
    return this.#cause !== null;
  }

  onData(listener: (bytes: Uint8Array) => void): void {
    this.#onData = listener;
    const early = this.#early;
    this.#early = [];
    for (const bytes of early) listener(bytes);
  }

  onClose(listener: (cause: string) => void): void {
    this.#onClose = listener;
    if (this.#cause !== null) listener(this.#cause);
  }

  receive(bytes: Uint8Array): void {
    if (this.isClosed) return;
    if (this.#onData === null) this.#early.push(bytes);
    else this.#onData(bytes);
  }

  /** Returns true on the first call only. */
  markClosed(cause: string): boolean {
    if (this.#cause !== null) return false;
    this.#cause = cause;
    this.#onClose?.(cause);
    return true;
  }
}

/** Two wires joined back to back; bytes arrive on a microtask. */
export function memoryWirePair(): readonly [ByteWire, ByteWire] {
  const left = new WireEnd();
  const right = new WireEnd();
  const close = (cause = 'closed'): void => {
    left.markClosed(cause);
    right.markClosed(cause);
  };
  const end = (own: WireEnd, peer: WireEnd): ByteWire => ({
    write: (bytes) => {
      if (!own.isClosed) queueMicrotask(() => peer.receive(bytes));
    },
    onData: (listener) => own.onData(listener),
    onClose: (listener) => own.onClose(listener),
    close,
  });
  return [end(left, right), end(right, left)];
}
