/** A wire over a pair of byte streams. Declares only the parts of the streams that it uses, so it doesn't need Node. */
import { type ByteWire, WireEnd } from './byte-wire';

/** What a wire needs from Node's `Readable`. */
export interface ReadableLike {
  on(event: 'data', listener: (bytes: Uint8Array) => void): unknown;
  on(event: 'end' | 'close', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** What a wire needs from Node's `Writable`. */
export interface WritableLike {
  write(bytes: Uint8Array): boolean;
  end(): unknown;
  on(event: 'close', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  readonly writableLength: number;
  readonly writable: boolean;
}

/** Options of a wire over streams. */
export interface StreamWireOptions {
  /** Bytes that may wait for a reader that doesn't read; with more, the wire closes. Default 32 MiB */
  readonly maximumQueuedBytes?: number;
  /** Called once when this side closes the wire, to end the owner of the streams */
  readonly destroy?: () => void;
}

/** Reads one stream and writes the other. The end of either one closes the wire. */
export function streamWire(input: ReadableLike, output: WritableLike, options: StreamWireOptions = {}): ByteWire {
  const { maximumQueuedBytes = 32 * 1024 * 1024, destroy } = options;
  const end = new WireEnd();
  const close = (cause = 'closed'): void => {
    if (!end.markClosed(cause)) return;
    if (output.writable) output.end();
    destroy?.();
  };
  input.on('data', (bytes) => end.receive(bytes));
  input.on('end', () => close('the other side has ended'));
  input.on('close', () => close('the other side has ended'));
  input.on('error', (error) => close(error.message));
  output.on('close', () => close('the other side stopped reading'));
  output.on('error', (error) => close(error.message));
  return {
    write: (bytes) => {
      if (end.isClosed) return;
      output.write(bytes);
      if (output.writableLength > maximumQueuedBytes) close(`the other side left ${maximumQueuedBytes} bytes unread`);
    },
    onData: (listener) => end.onData(listener),
    onClose: (listener) => end.onClose(listener),
    close,
  };
}
