/**
 * The control port: messages between host and guest over virtio-serial, before and beside the taskd port.
 *
 * JSONL. It is the only way into a resumed template, and only reachable through a 0600 unix socket on the host. So it
 * carries what must never be in a template: the connection key, the time, randomness.
 *
 * | message  | direction     | when                                                                 |
 * |----------|---------------|----------------------------------------------------------------------|
 * | parked   | guest to host | cold boot only: pi processes are parked, the template can be saved   |
 * | start    | host to guest | after a resume, once                                                 |
 * | started  | guest to host | the clock is set and the taskd port listens; files are being mounted  |
 * | failed   | guest to host | the start failed; the guest waits to be stopped                      |
 * | shutdown | host to guest | end pi processes, sync, power off                                    |
 */
import { z } from 'zod';

/** Name of the virtio-serial port, in the guest below `/dev/virtio-ports/`. */
export const controlPortName = 'piwork.control';

/** Name of the port that carries the file server's FUSE messages. */
export const filesPortName = 'piwork.files';

export const hostControl = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('start'),
    /** New for each start; proves both ends of the taskd port */
    key: z.string().regex(/^[0-9a-f]{64}$/),
    /** Host clock, milliseconds since the epoch */
    nowMs: z.number(),
    timeZone: z.string(),
    /** Randomness for the guest's pool, base64 of 64 bytes */
    entropy: z.string(),
    /** Port of the gateway on the host's loopback, which the guest reaches as 10.0.2.2 */
    gatewayPort: z.number().int().positive(),
  }),
  z.strictObject({ type: z.literal('shutdown') }),
]);

export type HostControl = z.output<typeof hostControl>;

export const guestControl = z.discriminatedUnion('type', [
  z.object({ type: z.literal('parked'), count: z.number().int().positive() }),
  z.object({ type: z.literal('started') }),
  z.object({ type: z.literal('failed'), message: z.string() }),
]);

export type GuestControl = z.output<typeof guestControl>;

/**
 * The agent's user in the guest: taskd runs it as this user, and the file server shows it as the owner of every file.
 */
export const agentUser = { uid: 1000, gid: 1000 } as const;

/** The line that the initrd prints on the port during an accelerator self-test, instead of JSON. */
export const selfTestLine = 'piwork-selftest-ok';
