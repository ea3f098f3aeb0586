/** The terminal's connection to a running host. */
import { createConnection } from 'node:net';
import { appApi, type AppApi } from '../../schema/app-api';
import { connect, type Connection } from '../../schema/rpc-client';
import { jsonlTransport } from '../../schema/transports/jsonl-stream';

/** Rejects when nothing listens there. */
export async function connectLocally(socketPath: string): Promise<Connection<AppApi>> {
  const socket = createConnection(socketPath);
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  return connect(appApi, jsonlTransport(socket), { isPeerTrusted: true });
}
