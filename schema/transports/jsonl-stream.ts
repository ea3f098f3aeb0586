/** JSONL over a duplex byte stream: a TCP or unix socket, or a virtio-serial port. */
import { encodeFrame, LineDecoder, maxFrameBytes } from '../jsonl';
import { TransportCore, type Transport } from '../transport';

/** The parts of a Node duplex stream that this uses. */
export interface ByteStream {
  write(text: string): unknown;
  on(event: 'data', listener: (chunk: Uint8Array) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  destroy(): unknown;
}

/**
 * Closes at the first line that isn't JSON or exceeds the cap: skipping one would let a web page in. `capBytes` is
 * called for each chunk, so that the cap can grow once a peer is authenticated.
 */
export function jsonlTransport(stream: ByteStream, capBytes: () => number = () => maxFrameBytes): Transport {
  const core = new TransportCore();
  const decoder = new LineDecoder(capBytes);
  const close = (reason = 'closed'): void => {
    if (core.markClosed(reason)) stream.destroy();
  };
  stream.on('data', (chunk) => {
    try {
      for (const line of decoder.push(chunk)) core.receive(JSON.parse(line));
    } catch (error) {
      close(error instanceof Error ? error.message : 'bad frame');
    }
  });
  stream.on('error', (error) => close(error.message));
  stream.on('close', () => close('the other side closed the connection'));
  return {
    send: (message) => {
      if (!core.isClosed) stream.write(`${encodeFrame(message)}\n`);
    },
    onMessage: (listener) => core.onMessage(listener),
    onClose: (listener) => core.onClose(listener),
    close,
  };
}
