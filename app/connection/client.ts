/** How this page reaches its host: the preload's bridge in Electron, a WebSocket in a browser. */
import type { AppApi } from '../../schema/app-api';
import type { Client } from '../../schema/rpc';
import type { Transport } from '../../schema/transport';
import { electronIpcTransport, type PreloadBridge } from '../../schema/transports/electron-ipc';
import { webSocketTransport } from '../../schema/transports/web-socket';

export type AppClient = Client<AppApi>;

export interface Shell {
  /** Opens one connection; called again after it was lost */
  openTransport(): Transport;
  /** Why a connection ended before its first answer: nobody listens, or this page is refused */
  findCause(): Promise<'away' | 'refused' | 'unknown'>;
}

/** The part of a window that is needed. */
export interface ShellWindow {
  readonly piwork?: PreloadBridge;
  readonly location: Pick<Location, 'hash' | 'host' | 'pathname' | 'protocol' | 'search'>;
  readonly history: Pick<History, 'replaceState'>;
  readonly fetch: (input: string, init?: RequestInit) => Promise<Pick<Response, 'ok' | 'status'>>;
  readonly WebSocket: new (url: string) => WebSocket;
}

/** The shell of this page, or `null` when the browser has no session and cannot get one. */
export async function findShell(window: ShellWindow): Promise<Shell | null> {
  const { piwork } = window;
  if (piwork) return { openTransport: () => electronIpcTransport(piwork), findCause: () => Promise.resolve('unknown') };
  return (await exchangeToken(window)) ? browserShell(window) : null;
}

/** Trades the one-time token of the address for a session cookie. Without a token the cookie may exist already. */
async function exchangeToken({ location, history, fetch }: ShellWindow): Promise<boolean> {
  const token = /^#token=(.+)$/.exec(location.hash)?.[1];
  if (token === undefined) return true;
  // The token leaves the address first, so that no reload, bookmark or screenshot carries it.
  history.replaceState(null, '', location.pathname + location.search);
  const answer = await fetch('/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: decodeURIComponent(token) }),
  });
  // A used token does no harm when the cookie of its first use is still there: the WebSocket decides.
  return answer.ok || answer.status === 401;
}

const browserShell = ({ location, fetch, WebSocket }: ShellWindow): Shell => ({
  openTransport: () => {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    return webSocketTransport(new WebSocket(`${scheme}://${location.host}/ws`));
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
