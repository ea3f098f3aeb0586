/**
 * A transport carries complete messages, in order, both ways. It doesn't know about requests or events. Adapters:
 * `transports/{memory,jsonl-stream,web-socket,message-port,electron-ipc}.ts`.
 */

/** Something that ends when disposed; disposing twice is harmless. */
export interface Disposable {
  dispose(): void;
}

export interface Transport {
  /** Queues one message; drops it after close. @throws RpcError `FRAME_TOO_LARGE` if frames have a cap */
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): Disposable;
  /** Called once, or immediately when the transport is already closed. `reason` is for people. */
  onClose(listener: (reason: string) => void): Disposable;
  close(reason?: string): void;
}

/** Listeners for one kind of event. */
export class Listeners<T> {
  readonly #listeners = new Set<(value: T) => void>();

  add(listener: (value: T) => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  emit(value: T): void {
    for (const listener of [...this.#listeners]) listener(value);
  }
}

/** What every adapter shares: message and close listeners, and closing exactly once. */
export class TransportCore {
  readonly #messages = new Listeners<unknown>();
  readonly #closes = new Listeners<string>();
  #closedBecause: string | null = null;

  get isClosed(): boolean {
    return this.#closedBecause !== null;
  }

  onMessage(listener: (message: unknown) => void): Disposable {
    return this.#messages.add(listener);
  }

  onClose(listener: (reason: string) => void): Disposable {
    if (this.#closedBecause !== null) {
      listener(this.#closedBecause);
      return { dispose: () => undefined };
    }
    return this.#closes.add(listener);
  }

  receive(message: unknown): void {
    if (!this.isClosed) this.#messages.emit(message);
  }

  /** Returns true on the first call only. */
  markClosed(reason: string): boolean {
    if (this.#closedBecause !== null) return false;
    this.#closedBecause = reason;
    this.#closes.emit(reason);
    return true;
  }
}
