// Vite's server for the page; it forwards requests for the host.
import { join } from 'node:path';
import { createServer } from 'vite';
import { root } from '../run-step.mjs';

/**
 * The host answers only pages of its own origin. Requests of the page served here get that origin. Requests of any
 * other page keep theirs, and the host refuses them as always.
 *
 * @param {string} host
 * @param {() => string} ourOrigin
 * @returns {import('vite').ProxyOptions}
 */
const toHost = (host, ourOrigin) => ({
  target: host,
  changeOrigin: true,
  configure: (proxy) => {
    /** @param {import('node:http').ClientRequest} outgoing @param {import('node:http').IncomingMessage} incoming */
    const giveOrigin = (outgoing, { headers }) => {
      if (headers.origin === ourOrigin()) outgoing.setHeader('origin', host);
    };
    proxy.on('proxyReq', giveOrigin);
    proxy.on('proxyReqWs', giveOrigin);
  },
});

/**
 * @param {{ host?: string }} options origin of the host; without one, nothing is forwarded
 * @returns {Promise<{ origin: string, close: () => Promise<void> }>}
 */
export async function startPage({ host }) {
  let origin = '';
  const proxy = host && toHost(host, () => origin);
  const server = await createServer({
    configFile: join(root, 'app/vite.config.ts'),
    ...(proxy ? { server: { proxy: { '/session': proxy, '/ws': { ...proxy, ws: true } } } } : {}),
  });
  await server.listen();
  const address = server.httpServer?.address();
  if (!address || typeof address === 'string') throw new Error('Vite has no port.');
  origin = `http://127.0.0.1:${address.port}`;
  return { origin, close: () => server.close() };
}
