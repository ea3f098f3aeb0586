/** Wires of Node: the standard streams of this process or of a child, and unix sockets. */
import type { ChildProcessByStdio } from 'node:child_process';
import { chmod } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import type { ByteWire } from '../../schema/capnp/byte-wire';
import { streamWire } from '../../schema/capnp/stream-wire';

/** The wire to the process that started this one; nothing else may write to standard output then. */
export const stdioWire = (process: { readonly stdin: Readable; readonly stdout: Writable }): ByteWire =>
  streamWire(process.stdin, process.stdout);

/** The wire to a child. Closing it ends the child's standard input and leaves the child to its owner. */
export const childWire = (child: ChildProcessByStdio<Writable, Readable, Readable | null>): ByteWire =>
  streamWire(child.stdout, child.stdin);

/** The wire of a connected socket. */
const socketWire = (socket: Socket): ByteWire => streamWire(socket, socket, { destroy: () => socket.destroySoon() });

/** @throws Node's Error when nobody listens at `path` */
export async function connectUnix(path: string): Promise<ByteWire> {
  const socket = connect(path);
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  return socketWire(socket);
}

/** Listens on a unix socket that only its owner may use. */
export async function listenUnix(path: string, onWire: (wire: ByteWire) => void): Promise<Server> {
  const server = createServer((socket) => onWire(socketWire(socket)));
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
    server.listen(path);
  });
  await chmod(path, 0o600);
  return server;
}
