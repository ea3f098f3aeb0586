/** Messages on their way to a wire: what is sent in one go is written in one piece, since writing costs the most. */
import type { ByteWire } from './byte-wire';

/** Gathers what is sent within a turn of the event loop. */
export class Outbox {
  readonly #wire: ByteWire;
  #unsent: Uint8Array[] = [];

  constructor(wire: ByteWire) {
    this.#wire = wire;
  }

  add(bytes: Uint8Array): void {
    this.#unsent.push(bytes);
    if (this.#unsent.length > 1) return;
    // Two microtasks later, so that the finish of one call and the next call of who awaited it are one write.
    queueMicrotask(() => queueMicrotask(() => this.flush()));
  }

  /** Writes what waits, at once. */
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
