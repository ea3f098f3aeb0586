/** Messages on their way to a wire. Messages sent together become one write, because writing costs the most. */
import type { ByteWire } from './byte-wire';

/** Collects what is sent within one turn of the event loop. */
export class Outbox {
  readonly #wire: ByteWire;
  #unsent: Uint8Array[] = [];

  constructor(wire: ByteWire) {
    this.#wire = wire;
  }

  add(bytes: Uint8Array): void {
    this.#unsent.push(bytes);
    if (this.#unsent.length > 1) return;
    // Waits two microtasks, so that the finish of one call and the next call after its await become one write.
    queueMicrotask(() => queueMicrotask(() => this.flush()));
  }

  /** Writes what is waiting, immediately. */
  flush(): void {
    const unsent = this.#unsent;
    this.#unsent = [];
    if (unsent.length > 0) this.#wire.write(joined(unsent));
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const [only] = pieces;
  if (only !== undefined && pieces.length === 1) return only;
  const whole = new Uint8Array(pieces.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let offset = 0;
  for (const piece of pieces) {
    whole.set(piece, offset);
    offset += piece.byteLength;
  }
  return whole;
}
