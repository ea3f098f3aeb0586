/** What finding a shell needs from a window, so that a test can provide it. */
import type { PreloadBridge } from '../../schema/transports/electron-ipc';

/** The part of a window that is needed. */
export interface ShellWindow {
  readonly piwork?: PreloadBridge;
  readonly location: Pick<Location, 'hash' | 'host' | 'pathname' | 'protocol' | 'search'>;
  readonly history: Pick<History, 'replaceState'>;
  readonly fetch: (input: string, init?: RequestInit) => Promise<Pick<Response, 'headers' | 'ok' | 'status'>>;
  readonly sessionStorage: Pick<Storage, 'getItem' | 'setItem'>;
  readonly BroadcastChannel: new (name: string) => Pick<BroadcastChannel, 'close' | 'onmessage' | 'postMessage'>;
  readonly WebSocket: new (url: string) => WebSocket;
}
