/** The authenticated connection to taskd. */
import { randomBytes } from 'node:crypto';
import { createConnection } from 'node:net';
import { isProof, prove } from '../node/proof';
import { RpcError } from '../schema/errors';
import { handshakeText, taskdProtocol } from '../schema/handshake';
import type { Client } from '../schema/rpc';
import { connect } from '../schema/rpc-client';
import { taskdApi, type TaskdApi } from '../schema/taskd-api';
import type { Disposable, Transport } from '../schema/transport';
import { jsonlTransport } from '../schema/transports/jsonl-stream';

export interface GuestLinkOptions {
  readonly port: number;
  /** 64 hex digits */
  readonly key: string;
  readonly build: string;
}

/**
 * Connects, and each side proves that it has the key. The caller then owns the transport.
 * @throws RpcError `UNAUTHENTICATED` or `PROTOCOL_MISMATCH`, or what the connection fails with.
 */
export async function openGuestLink({ port, key, build }: GuestLinkOptions): Promise<Transport> {
  const transport = jsonlTransport(createConnection({ host: '127.0.0.1', port, noDelay: true }));
  const listening: Disposable[] = [];
  const keep = (listener: Disposable): Disposable => {
    listening.push(listener);
    return listener;
  };
  const borrowed: Transport = {
    ...transport,
    onMessage: (listener) => keep(transport.onMessage(listener)),
    onClose: (listener) => keep(transport.onClose(listener)),
  };
  try {
    // Main sends its own requests on this connection later, and no id may be used twice.
    await proveKey(connect(taskdApi, borrowed, { idPrefix: 'hello' }).client, key, build);
    return transport;
  } catch (error) {
    transport.close();
    throw error;
  } finally {
    for (const listener of listening) listener.dispose();
  }
}

async function proveKey(guest: Client<TaskdApi>, key: string, build: string): Promise<void> {
  const challenge = randomBytes(32).toString('hex');
  const answer = await guest.hello({ protocol: taskdProtocol, build, challenge });
  if (answer.protocol !== taskdProtocol) {
    throw new RpcError(
      'PROTOCOL_MISMATCH',
      `The guest speaks version ${answer.protocol}, this app ${taskdProtocol}. Restart Piwork.`,
    );
  }
  const bytes = Buffer.from(key, 'hex');
  if (!isProof(answer.proof, bytes, handshakeText('guest', challenge, answer.challenge))) {
    throw new RpcError(
      'UNAUTHENTICATED',
      'The program that answered on the port is not the guest that Piwork started.',
    );
  }
  await guest.hello_proof({ proof: prove(bytes, handshakeText('host', challenge, answer.challenge)) });
}
