/** The host's end of the control port: typed messages over a unix socket that QEMU connects to. */
import type { Socket } from 'node:net';
import { guestControl, type GuestControl, type HostControl } from '../schema/control-port';
import { jsonlTransport } from '../schema/transports/jsonl-stream';

export interface ControlLink {
  send(message: HostControl): void;
  /** The next message of this type. @throws Error when the guest reports a failure or the port closes first. */
  next<T extends GuestControl['type']>(type: T): Promise<Extract<GuestControl, { type: T }>>;
}

/** The guest reported that it couldn't start. */
export class GuestFailedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'GuestFailedError';
  }
}

export function openControlLink(socket: Socket): ControlLink {
  const transport = jsonlTransport(socket);
  const received: GuestControl[] = [];
  let wake: () => void = () => undefined;
  let closedBecause: string | null = null;
  transport.onMessage((message) => {
    const parsed = guestControl.safeParse(message);
    if (!parsed.success) return transport.close('the guest sent an unknown message on the control port');
    received.push(parsed.data);
    wake();
  });
  transport.onClose((reason) => {
    closedBecause = reason;
    wake();
  });
  return {
    send: (message) => transport.send(message),
    next: async <T extends GuestControl['type']>(type: T) => {
      for (;;) {
        const failed = received.find((message) => message.type === 'failed');
        if (failed) throw new GuestFailedError(failed.message);
        const index = received.findIndex((message) => message.type === type);
        const [found] = index === -1 ? [] : received.splice(index, 1);
        if (found) return found as Extract<GuestControl, { type: T }>;
        if (closedBecause !== null) throw new GuestFailedError(`the control port closed: ${closedBecause}`);
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}
