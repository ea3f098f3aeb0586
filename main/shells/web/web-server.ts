/**
 * The browser shell: the page and `app-api` over a WebSocket, on 127.0.0.1.
 *
 * | request                | answer                                         |
 * |------------------------|------------------------------------------------|
 * | GET /, /assets/…       | the built page, with a strict policy           |
 * | POST /session {token}  | 204, a cookie and the page's secret, or 401    |
 * | GET /ws, upgrade       | with a valid cookie: a socket, on which        |
 * | {secret}, its first message | `app-api` follows, or the socket is closed |
 *
 * Every request must name this host, and requests that act must come from our own page. Another site's page can reach
 * the port, but can do neither.
 */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { z } from 'zod';
import { maxFrameBytes } from '../../../schema/jsonl';
import type { Transport } from '../../../schema/transport';
import { webSocketTransport } from '../../../schema/transports/web-socket';
import { contentSecurityPolicy, withNonce, type PageFiles } from './page-files';
import { requireSecret } from './page-secret';
import { Sessions } from './sessions';

export interface WebServer {
  /** A new one-time address */
  address(): string;
  close(): Promise<void>;
}

export interface WebServerOptions {
  readonly files: PageFiles;
  readonly accept: (transport: Transport) => void;
  /** Milliseconds since the epoch, by which tokens expire */
  readonly now?: () => number;
  /** How long a socket may stay silent before it shows the page's secret */
  readonly secretDeadlineMs?: number;
}

const tokenBody = z.strictObject({ token: z.string().min(1).max(128) });
const bodyCapBytes = 1024;
const pageSecretHeader = 'Piwork-Page-Secret';

const securityHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

function answer(response: ServerResponse, status: number, text = ''): void {
  response.writeHead(status, { ...securityHeaders, 'Content-Type': 'text/plain; charset=utf-8' }).end(text);
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > bodyCapBytes) throw new Error('the request is too long');
  }
  return JSON.parse(text);
}

/** Listens on a free port of 127.0.0.1. */
export async function startWebServer({
  files,
  accept,
  now,
  secretDeadlineMs = 10_000,
}: WebServerOptions): Promise<WebServer> {
  const server: Server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  // All ports of a host share cookies, so the name contains our port.
  const sessions = new Sessions(`piwork-${port}`, now);
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);

  const isOurHost = ({ headers }: IncomingMessage): boolean => hosts.has(headers.host ?? '');
  const isOurPage = ({ headers }: IncomingMessage): boolean =>
    headers.origin === `http://${headers.host ?? ''}` && hosts.has(headers.host ?? '');

  const openSession = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = tokenBody.safeParse(await readBody(request).catch(() => null));
    const session = body.success ? sessions.redeem(body.data.token, request.headers.cookie) : null;
    if (session === null)
      return answer(
        response,
        401,
        'This address was already used or has expired. Run `npm start` again for a new one.',
      );
    const { cookie, pageSecret } = session;
    response.writeHead(204, { ...securityHeaders, 'Set-Cookie': cookie, [pageSecretHeader]: pageSecret }).end();
  };

  server.on('request', (request, response) => {
    if (!isOurHost(request)) return answer(response, 421, 'This server answers only to its own name.');
    const path = (request.url ?? '/').split(/[?#]/)[0] ?? '/';
    if (request.method === 'POST' && path === '/session') {
      if (!isOurPage(request)) return answer(response, 403, "This page can't use Piwork.");
      return void openSession(request, response);
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return answer(response, 405, 'Not allowed.');
    const file = files.get(path === '/' ? '/index.html' : path);
    if (!file) return answer(response, 404, 'Not found.');
    const nonce = randomBytes(16).toString('base64');
    const isPage = file.mimeType.startsWith('text/html');
    response.writeHead(200, {
      ...securityHeaders,
      'Content-Type': file.mimeType,
      'Content-Security-Policy': contentSecurityPolicy(nonce),
    });
    response.end(isPage ? withNonce(file, nonce) : file.body);
  });

  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxFrameBytes });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // A peer that leaves before the answer must not end the host.
    socket.on('error', () => socket.destroy());
    const isAllowed = request.url === '/ws' && isOurPage(request) && sessions.isAllowed(request.headers.cookie);
    if (!isAllowed) return void socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const check = { isSecret: (offered: string) => sessions.isPageSecret(offered), deadlineMs: secretDeadlineMs };
      requireSecret(webSocket, check, () => accept(webSocketTransport(webSocket)));
    });
  });

  return {
    address: () => `http://127.0.0.1:${port}/#token=${sessions.issueToken()}`,
    close: () =>
      new Promise((resolve) => {
        for (const client of sockets.clients) client.terminate();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
