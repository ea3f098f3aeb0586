/** `app-api` for programs of the same user: JSONL on a Unix socket that nobody else can open. */
import { chmod } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import type { Transport } from '../../schema/transport';
import { jsonlTransport } from '../../schema/transports/jsonl-stream';

export async function serveLocally(path: string, accept: (transport: Transport) => void): Promise<Server> {
  const server = createServer((socket) => accept(jsonlTransport(socket)));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  await chmod(path, 0o600);
  return server;
}
