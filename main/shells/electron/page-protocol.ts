/** The page under `app://ui/`, served from memory, with its policy. */
import { randomBytes } from 'node:crypto';
import type { Protocol } from 'electron';
import { contentSecurityPolicy, withNonce, type PageFiles } from '../web/page-files';
import { isOurPage } from './ipc';

export const pageAddress = 'app://ui/index.html';

/** Register before the app is ready. */
export const pageScheme = {
  scheme: 'app',
  privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
};

export function servePage(protocol: Protocol, files: PageFiles): void {
  protocol.handle('app', ({ url }) => {
    const file = isOurPage(url) ? files.get(new URL(url).pathname) : undefined;
    if (!file) return new Response('Not found.', { status: 404 });
    const nonce = randomBytes(16).toString('base64');
    const isPage = file.mimeType.startsWith('text/html');
    return new Response(isPage ? withNonce(file, nonce) : new Uint8Array(file.body), {
      headers: {
        'Content-Type': file.mimeType,
        'Content-Security-Policy': contentSecurityPolicy(nonce),
        'X-Content-Type-Options': 'nosniff',
      },
    });
  });
}
