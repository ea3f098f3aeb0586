/** The authenticated connection to taskd. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { createConnection } from 'node:net';
import { RpcError } from '../schema/errors';
import { handshakeText, taskdProtocol, type HandshakeRole } from '../schema/handshake';
import { connect, type Connection } from '../schema/rpc-client';
import { taskdApi, type TaskdApi } from '../schema/taskd-api';
import { jsonlTransport } from '../schema/transports/jsonl-stream';

export interface GuestLinkOptions {
  readonly port: number;
  /** 64 hex digits */
  readonly key: string;
  readonly build: string;
}

/**
 * Connects and proves the key both ways.
 * @throws RpcError `UNAUTHENTICATED` or `PROTOCOL_MISMATCH`, or what the connection fails with.
 */
export async function openGuestLink({ port, key, build }: GuestLinkOptions): Promise<Connection<TaskdApi>> {
  const socket = createConnection({ host: '127.0.0.1', port, noDelay: true });
  const link = connect(taskdApi, jsonlTransport(socket));
  try {
    const challenge = randomBytes(32).toString('hex');
    const guest = await link.client.hello({ protocol: taskdProtocol, build, challenge });
    if (guest.protocol !== taskdProtocol) {
      throw new RpcError('PROTOCOL_MISMATCH', `The guest speaks version ${guest.protocol}, this app ${taskdProtocol}.`);
    }
    const prove = (role: HandshakeRole): Buffer =>
      createHmac('sha256', Buffer.from(key, 'hex'))
        .update(handshakeText(role, challenge, guest.challenge))
        .digest();
    if (!timingSafeEqual(prove('guest'), Buffer.from(guest.proof, 'hex'))) {
      throw new RpcError('UNAUTHENTICATED', 'What answers on the port is not the guest that was started.');
    }
    await link.client.hello_proof({ proof: prove('host').toString('hex') });
    return link;
  } catch (error) {
    link.dispose();
    throw error;
  }
}
