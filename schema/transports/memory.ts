/** Two transports joined back to back, for tests and for a client inside the process that serves. */
import { TransportCore, type Transport } from '../transport';

/** A linked pair; messages are delivered in order on a microtask, as structured clones would be. */
export function memoryPair(): readonly [Transport, Transport] {
  const left = new TransportCore();
  const right = new TransportCore();
  const close = (reason = 'closed'): void => {
    left.markClosed(reason);
    right.markClosed(reason);
  };
  const end = (own: TransportCore, peer: TransportCore): Transport => ({
    send: (message) => {
      if (!own.isClosed) queueMicrotask(() => peer.receive(message));
    },
    onMessage: (listener) => own.onMessage(listener),
    onClose: (listener) => own.onClose(listener),
    close,
  });
  return [end(left, right), end(right, left)];
}
