/** A web server on a small page, and requests as they are sent over the network. */
import { request, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { WebSocket } from 'ws';
import type { Transport } from '../../../../schema/transport';
import type { PageFiles } from '../page-files';
import { startWebServer, type WebServer } from '../web-server';

const page = '<style nonce="__CSP_NONCE__"></style><script nonce="__CSP_NONCE__"></script>';

const files: PageFiles = new Map([
  ['/index.html', { mimeType: 'text/html; charset=utf-8', body: Buffer.from(page) }],
  ['/assets/page.js', { mimeType: 'text/javascript; charset=utf-8', body: Buffer.from('"__CSP_NONCE__"') }],
]);

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface Request {
  readonly method?: string;
  /** Sent exactly as written, including dots */
  readonly path?: string;
  readonly headers?: OutgoingHttpHeaders;
  /** If false, there is no `Host` header */
  readonly namesHost?: boolean;
  readonly body?: string;
}

export interface OpenWebServer extends WebServer {
  readonly port: number;
  /** What `accept` received */
  readonly accepted: readonly Transport[];
  /** The first connection that `accept` receives, now or later */
  nextAccepted(): Promise<Transport>;
  /** A token that was never used */
  token(): string;
  ask(request: Request): Promise<Answer>;
  /** Exchanges a token, from the page itself by default. */
  openSession(token: string, headers?: OutgoingHttpHeaders): Promise<Answer>;
  /** The status of an upgrade; 101 means that the socket opened. */
  upgrade(path: string, headers: OutgoingHttpHeaders): Promise<{ status: number; socket: WebSocket }>;
}

/** `now` is the clock by which tokens expire. */
export async function openWebServer(now: () => number = Date.now): Promise<OpenWebServer> {
  const accepted: Transport[] = [];
  let accept = (_transport: Transport): void => undefined;
  const first = new Promise<Transport>((resolve) => (accept = resolve));
  const server = await startWebServer({
    files,
    now,
    accept: (transport) => {
      accepted.push(transport);
      accept(transport);
    },
    secretDeadlineMs: 500,
  });
  const token = (): string => new URL(server.address()).hash.replace('#token=', '');
  const port = Number(new URL(server.address()).port);

  const ask = ({ method = 'GET', path = '/', headers = {}, namesHost = true, body }: Request): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const to = { host: '127.0.0.1', port, method, path, headers, setHost: namesHost, agent: false };
      const asked = request(to, (response) => {
        let text = '';
        response.on('data', (chunk) => (text += String(chunk)));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      });
      asked.on('error', reject);
      asked.end(body);
    });

  const openSession = (offered: string, headers: OutgoingHttpHeaders = {}): Promise<Answer> =>
    ask({
      method: 'POST',
      path: '/session',
      headers: { origin: `http://127.0.0.1:${port}`, ...headers },
      body: JSON.stringify({ token: offered }),
    });

  const upgrade = (path: string, headers: OutgoingHttpHeaders): Promise<{ status: number; socket: WebSocket }> =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers: headers as Record<string, string> });
      socket.once('open', () => resolve({ status: 101, socket }));
      socket.once('unexpected-response', (_request, response) => {
        response.resume();
        resolve({ status: response.statusCode ?? 0, socket });
      });
      socket.once('error', reject);
    });

  return { ...server, port, accepted, nextAccepted: () => first, token, ask, openSession, upgrade };
}
