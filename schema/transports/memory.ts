/** Two linked transports, for tests and for a client in the server's own process. */
import { TransportCore, type Transport } from '../transport';

/** A linked pair; delivers messages in order on a microtask, like structured clones. */
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
