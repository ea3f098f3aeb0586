/** Carries a sandbox's model requests to the host's gateway: from the sandbox's unix socket to the guest's network. */
import { chown } from 'node:fs/promises';
import { createConnection, createServer, type Server } from 'node:net';

export interface RelayOptions {
  readonly socket: string;
  readonly uid: number;
  readonly gid: number;
  /** The gateway's port; known only after the guest was started */
  readonly gatewayPort: () => number | null;
  /** The host's loopback address in QEMU's user network */
  readonly hostAddress?: string;
}

export async function relayGateway({
  socket,
  uid,
  gid,
  gatewayPort,
  hostAddress = '10.0.2.2',
}: RelayOptions): Promise<Server> {
  const server = createServer((near) => {
    const port = gatewayPort();
    if (port === null) return void near.destroy();
    const far = createConnection({ host: hostAddress, port, noDelay: true });
    near.pipe(far).pipe(near);
    near.on('error', () => far.destroy());
    near.on('close', () => far.destroy());
    far.on('error', () => near.destroy());
    // The end of an answer may still be on its way to the sandbox, so close this end instead of destroying it.
    far.on('close', () => near.end());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socket, resolve);
  });
  await chown(socket, uid, gid);
  return server;
}
