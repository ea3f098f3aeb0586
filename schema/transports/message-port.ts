/** Structured-clone messages over a port: a worker thread's, or one half of a MessageChannel. */
import { TransportCore, type Transport } from '../transport';

/** The part of a Node MessagePort or Worker that is needed. */
export interface PortLike {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'close' | 'exit' | 'error', listener: (detail: unknown) => void): unknown;
}

/** `end` runs when our side closes: close the port, or terminate the worker. */
export function messagePortTransport(port: PortLike, end: () => void): Transport {
  const core = new TransportCore();
  port.on('message', (message) => core.receive(message));
  port.on('close', () => core.markClosed('the port was closed'));
  port.on('exit', (code) => core.markClosed(`the worker exited with code ${String(code)}`));
  port.on('error', (error) => core.markClosed(`the worker failed: ${String(error)}`));
  return {
    send: (message) => {
      if (!core.isClosed) port.postMessage(message);
    },
    onMessage: (listener) => core.onMessage(listener),
    onClose: (listener) => core.onClose(listener),
    close: (reason = 'closed') => {
      if (core.markClosed(reason)) end();
    },
  };
}
