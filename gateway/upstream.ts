/** Sends requests to providers, and reuses connections. */
import { Agent as HttpAgent, request as httpRequest, type ClientRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Disposable } from '../schema/transport';

/** Unused connections close before common servers close them (5 s); otherwise a request could meet the close. */
const idleConnectionMs = 4_000;
const connectTimeoutMs = 20_000;
/** Models may think for minutes before their first byte. */
const silenceTimeoutMs = 10 * 60_000;

export interface Upstream extends Disposable {
  /** A request; the caller writes its body. Errors come as its `error` event. */
  open(method: string, url: URL, headers: Readonly<Record<string, string>>): ClientRequest;
}

const timeout = (what: string): Error => Object.assign(new Error(what), { code: 'ETIMEDOUT' });

function limitConnecting(request: ClientRequest, connected: 'connect' | 'secureConnect'): void {
  request.on('socket', (socket) => {
    if (!socket.connecting) return;
    const timer = setTimeout(() => request.destroy(timeout('no connection in time')), connectTimeoutMs);
    const stop = (): void => clearTimeout(timer);
    socket.once(connected, stop);
    socket.once('close', stop);
  });
}

/** Upstream connections; `ca` replaces the trusted certificates. */
export function createUpstream(ca?: string): Upstream {
  const http = new HttpAgent({ keepAlive: true, timeout: idleConnectionMs });
  const https = new HttpsAgent({ keepAlive: true, timeout: idleConnectionMs, ...(ca !== undefined && { ca }) });
  return {
    open: (method, url, headers) => {
      const isSecure = url.protocol === 'https:';
      const request = isSecure
        ? httpsRequest(url, { method, headers, agent: https })
        : httpRequest(url, { method, headers, agent: http });
      limitConnecting(request, isSecure ? 'secureConnect' : 'connect');
      request.setTimeout(silenceTimeoutMs, () => request.destroy(timeout('silent for too long')));
      return request;
    },
    dispose: () => {
      http.destroy();
      https.destroy();
    },
  };
}
