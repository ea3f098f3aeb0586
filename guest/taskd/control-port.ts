/** The guest's end of the control port. */
import { open } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { controlPortName, hostControl, type GuestControl, type HostControl } from '../../schema/control-port';
import { encodeLine, LineDecoder } from '../../schema/jsonl';

const path = `/dev/virtio-ports/${controlPortName}`;
/** How soon a port without a host is read again, in `ms`. */
const retryMs = 50;
/** Empty reads in a row, some twenty seconds of them, after which no host will come any more. */
const patience = 400;

export interface ControlPort {
  send(message: GuestControl): void;
}

/** The part of a file handle that is needed. */
export interface ReadablePort {
  read(buffer: Uint8Array, offset: number, length: number, position: null): Promise<{ bytesRead: number }>;
}

export interface ControlListeners {
  readonly onMessage: (message: HostControl) => void;
  /** The host's end closed after it had spoken: nobody is left to work for */
  readonly onHostGone: () => void;
}

/** The port can be opened once only, so one handle serves both directions. A bad line is as good as a host gone. */
export async function openControlPort(listeners: ControlListeners): Promise<ControlPort> {
  const port = await open(path, 'r+');
  readAll(port, listeners.onMessage).then(listeners.onHostGone, listeners.onHostGone);
  return { send: (message) => void port.write(encodeLine(message)) };
}

/**
 * Reads until the host is gone.
 * @throws RpcError or Error at a line that is no message of the host
 */
export async function readAll(
  port: ReadablePort,
  onMessage: (message: HostControl) => void,
  pause: () => Promise<unknown> = () => wait(retryMs),
): Promise<void> {
  const decoder = new LineDecoder();
  const buffer = Buffer.alloc(65_536);
  let hasSpoken = false;
  let emptyReads = 0;
  for (;;) {
    const { bytesRead } = await port.read(buffer, 0, buffer.length, null);
    if (bytesRead === 0) {
      // Zero bytes mean that no host is connected, which is so for a moment while a template is resumed.
      if (hasSpoken || ++emptyReads > patience) return;
      await pause();
      continue;
    }
    hasSpoken = true;
    for (const line of decoder.push(buffer.subarray(0, bytesRead))) onMessage(hostControl.parse(JSON.parse(line)));
  }
}
