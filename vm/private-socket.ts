/** Unix sockets of mode 0600 in a private folder, each for one expected peer. */
import { chmod, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';

export interface PrivateSocket {
  readonly path: string;
  /** The first peer; others are refused */
  readonly peer: Promise<Socket>;
  close(): void;
}

/** Listens at `path` for one peer. */
export async function listenPrivately(path: string): Promise<PrivateSocket> {
  await rm(path, { force: true });
  const server = createServer();
  const peer = new Promise<Socket>((resolve, reject) => {
    server.once('connection', (socket) => {
      server.close();
      server.on('connection', (second: Socket) => second.destroy());
      // Nobody handles the socket's errors until somebody reads from it; its close is reported anyway.
      socket.on('error', () => undefined);
      resolve(socket);
    });
    server.once('error', reject);
    server.once('close', () => reject(new Error('nobody connected')));
  });
  // When a peer never comes, the process's exit reports it, not this promise.
  peer.catch(() => undefined);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  await chmod(path, 0o600);
  return { path, peer, close: () => void server.close() };
}
