/** How this page reaches its host: the preload's bridge in Electron, a WebSocket in a browser. */
import type { AppApi } from '../../schema/app-api';
import type { Client } from '../../schema/rpc';
import type { Transport } from '../../schema/transport';
import { electronIpcTransport } from '../../schema/transports/electron-ipc';
import { webSocketTransport } from '../../schema/transports/web-socket';
import { findPageSecret } from './page-secret';
import type { ShellWindow } from './shell-window';

export type AppClient = Client<AppApi>;

export interface Shell {
  /** Opens one connection; called again after it was lost */
  openTransport(): Transport;
  /** Why a connection ended before its first answer: nobody listens, or this page is refused */
  findCause(): Promise<'away' | 'refused' | 'unknown'>;
}

/** The shell of this page, or `null` when the browser has no session and can't get one. */
export async function findShell(window: ShellWindow): Promise<Shell | null> {
  const { piwork } = window;
  if (piwork) return { openTransport: () => electronIpcTransport(piwork), findCause: () => Promise.resolve('unknown') };
  const secret = await findPageSecret(window);
  return secret === null ? null : browserShell(window, secret);
}

const browserShell = ({ location, fetch, WebSocket }: ShellWindow, secret: string): Shell => ({
  openTransport: () => {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const socket = new WebSocket(`${scheme}://${location.host}/ws`);
    // Before anything that the transport sends.
    socket.addEventListener('open', () => socket.send(JSON.stringify({ secret })));
    return webSocketTransport(socket);
  },
  findCause: async () => {
    try {
      await fetch('/', { method: 'HEAD', cache: 'no-store' });
      return 'refused';
    } catch {
      // Expected while the host is away: nothing listens on its port.
      return 'away';
    }
  },
});
