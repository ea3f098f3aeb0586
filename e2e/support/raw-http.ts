/** Requests as a hostile page or program would send them: any header, any path, nothing normalised on the way. */
import { request } from 'node:http';
import { connect } from 'node:net';

export interface RawRequest {
  readonly port: number;
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** One request to 127.0.0.1; an accepted upgrade answers with 101 and is closed. */
export function ask({ port, method = 'GET', path = '/', headers = {}, body = '' }: RawRequest): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const asking = request({ host: '127.0.0.1', port, method, path, headers, agent: false });
    asking.once('error', reject);
    asking.once('upgrade', (response, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: '' });
    });
    asking.once('response', (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.once('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    asking.end(body);
  });
}

export interface Closed {
  /** Everything that the other side sent before it closed */
  readonly received: string;
  /** From the last byte sent to the close, in `ms` */
  readonly afterMs: number;
}

/** Writes to a port of 127.0.0.1 and waits until the other side closes the connection. */
export function sendUntilClosed(port: number, text: string | Uint8Array): Promise<Closed> {
  return new Promise((resolve, reject) => {
    let received = '';
    let sentAt = Date.now();
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(text, () => (sentAt = Date.now()));
    });
    socket.setTimeout(20_000, () => {
      socket.destroy();
      reject(new Error(`The connection was not closed. It said: ${received}`));
    });
    socket.on('data', (chunk) => (received += chunk.toString()));
    // A reset is a way to close, too.
    socket.on('error', () => undefined);
    socket.once('close', () => resolve({ received, afterMs: Date.now() - sentAt }));
  });
}

/** Asks for a WebSocket and resets the connection before the answer can be written. */
export function upgradeAndReset(port: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      const lines = ['GET /ws HTTP/1.1', 'Host: elsewhere', 'Connection: Upgrade', 'Upgrade: websocket', '', ''];
      socket.write(lines.join('\r\n'), () => socket.resetAndDestroy());
    });
    socket.on('error', () => undefined);
    socket.once('close', () => resolve());
  });
}
