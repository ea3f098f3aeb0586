/** JSON text frames over a WebSocket: the browser's own, or one accepted by `ws`. */
import { encodeFrame, maxFrameBytes } from '../jsonl';
import { TransportCore, type Transport } from '../transport';

/** What a browser's WebSocket and `ws` have in common. */
export interface WebSocketLike {
  readonly readyState: number;
  send(text: string): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(type: 'close' | 'error' | 'open', listener: () => void): void;
}

const connecting = 0;
const open = 1;

/** Messages sent before the socket is open wait for it. A frame that isn't JSON text closes the socket. */
export function webSocketTransport(socket: WebSocketLike): Transport {
  const core = new TransportCore();
  const waiting: string[] = [];
  const close = (reason = 'closed'): void => {
    if (core.markClosed(reason)) socket.close(1000);
  };
  socket.addEventListener('open', () => {
    for (const text of waiting.splice(0)) socket.send(text);
  });
  socket.addEventListener('message', ({ data }) => {
    if (typeof data !== 'string' || data.length > maxFrameBytes) return close("a frame wasn't acceptable text");
    let message: unknown;
    try {
      message = JSON.parse(data);
    } catch {
      return close("a frame wasn't JSON");
    }
    core.receive(message);
  });
  socket.addEventListener('close', () => core.markClosed('the connection was closed'));
  socket.addEventListener('error', () => close('the connection failed'));
  return {
    send: (message) => {
      if (core.isClosed) return;
      const text = encodeFrame(message);
      if (socket.readyState === connecting) waiting.push(text);
      else if (socket.readyState === open) socket.send(text);
    },
    onMessage: (listener) => core.onMessage(listener),
    onClose: (listener) => core.onClose(listener),
    close,
  };
}
