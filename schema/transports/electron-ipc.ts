/**
 * The page's end of Electron IPC: the two plain functions that the preload exposes. Main's end is in
 * `main/shells/electron/ipc.ts`, because only it can check a sender.
 */
import { TransportCore, type Transport } from '../transport';

/** What the preload exposes to the page, and nothing else. */
export interface PreloadBridge {
  send(message: unknown): void;
  /** Returns a function that ends the subscription. */
  receive(listener: (message: unknown) => void): () => void;
}

export function electronIpcTransport(bridge: PreloadBridge): Transport {
  const core = new TransportCore();
  const stop = bridge.receive((message) => core.receive(message));
  return {
    send: (message) => {
      if (!core.isClosed) bridge.send(message);
    },
    onMessage: (listener) => core.onMessage(listener),
    onClose: (listener) => core.onClose(listener),
    close: (reason = 'closed') => {
      if (core.markClosed(reason)) stop();
    },
  };
}
