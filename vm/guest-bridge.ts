/** Passes messages between the guest and main unchanged, so that main uses `taskd-api` directly. */
import { toWireError } from '../schema/errors';
import { requestEnvelope } from '../schema/rpc';
import type { Transport } from '../schema/transport';

/** Joins two transports. When one closes, closes the other. */
export function bridgeGuest(guest: Transport, main: Transport): void {
  guest.onMessage((message) => main.send(message));
  main.onMessage((message) => {
    try {
      guest.send(message);
    } catch (error) {
      // Too long for one frame. Only this request fails.
      const request = requestEnvelope.safeParse(message);
      if (request.success) main.send({ id: request.data.id, ok: false, error: toWireError(error) });
    }
  });
  guest.onClose((reason) => main.close(reason));
  main.onClose((reason) => guest.close(reason));
}
