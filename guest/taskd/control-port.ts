/** The guest's end of the control port. */
import { open } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { controlPortName, hostControl, type GuestControl, type HostControl } from '../../schema/control-port';
import { encodeLine, LineDecoder } from '../../schema/jsonl';

const path = `/dev/virtio-ports/${controlPortName}`;
/** How long to wait before reading a port without a host again, in `ms`. */
const retryMs = 50;
/** How many empty reads in a row (about twenty seconds) mean that no host will come. */
const patience = 400;

export interface ControlPort {
  send(message: GuestControl): void;
}

/** The part of a file handle that this needs. */
export interface ReadablePort {
  read(buffer: Uint8Array, offset: number, length: number, position: null): Promise<{ bytesRead: number }>;
}

export interface ControlListeners {
  readonly onMessage: (message: HostControl) => void;
  /** The host closed its end after it had sent something, so there is nothing left to do */
  readonly onHostGone: () => void;
}

/** The port can be opened only once, so one handle serves both directions. A bad line counts as the host being gone. */
export async function openControlPort(listeners: ControlListeners): Promise<ControlPort> {
  const port = await open(path, 'r+');
  readAll(port, listeners.onMessage).then(listeners.onHostGone, listeners.onHostGone);
  return { send: (message) => void port.write(encodeLine(message)) };
}

/**
 * Reads until the host is gone.
 * @throws RpcError or Error when a line isn't a message of the host
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
      // Zero bytes mean that no host is connected. That is normal for a moment while a template resumes.
      if (hasSpoken || ++emptyReads > patience) return;
      await pause();
      continue;
    }
    hasSpoken = true;
    for (const line of decoder.push(buffer.subarray(0, bytesRead))) onMessage(hostControl.parse(JSON.parse(line)));
  }
}
