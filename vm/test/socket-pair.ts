/** Two joined sockets over loopback, and a line reader for the test's end. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { encodeLine, LineDecoder } from '../../schema/jsonl';

export interface SocketPair {
  readonly near: Socket;
  readonly far: Peer;
}

/** The test's end. */
export class Peer {
  readonly received: unknown[] = [];
  readonly #waiting: Array<() => void> = [];

  constructor(readonly socket: Socket) {
    const decoder = new LineDecoder();
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      for (const line of decoder.push(chunk)) this.received.push(JSON.parse(line));
      for (const wake of this.#waiting.splice(0)) wake();
    });
  }

  say(message: unknown): void {
    this.socket.write(typeof message === 'string' ? message : encodeLine(message));
  }

  /** The message number `count`, from 1. */
  async message(count: number): Promise<unknown> {
    while (this.received.length < count) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return this.received[count - 1];
  }
}

export async function socketPair(): Promise<SocketPair> {
  const server = createServer();
  const accepted = new Promise<Socket>((resolve) => server.once('connection', resolve));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const near = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const far = new Peer(await accepted);
  server.close();
  return { near, far };
}
