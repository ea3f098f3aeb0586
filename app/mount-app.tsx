/** Composes the page: the store, the session with the host, and the tree that shows them. */
import { setNonce } from 'get-nonce';
import { createRoot } from 'react-dom/client';
import type { App } from './connection/app';
import type { Shell } from './connection/client';
import { browserScheduler } from './connection/scheduler';
import { startSession } from './connection/session';
import { AppRoot } from './features/shell/AppRoot';
import { startLoaders } from './features/shell/start-loaders';
import { createAppStore } from './store/app-store';
import { keepUi, restoreUi, type KeptStorage } from './store/kept-ui';
import { startTheme } from './features/window/theme';
import { startTitle } from './features/window/title';
import './ui/base.css';

export interface MountOptions {
  /** `null` when this browser has no session with a host */
  readonly shell: Shell | null;
  readonly storage: KeptStorage;
}

/** Shows the page in `#root` and returns its app. */
export function mountApp({ shell, storage }: MountOptions): App | null {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;
  // Libraries that add a style element ask for this nonce; without it, the page's policy refuses the element.
  if (nonce) setNonce(nonce);
  const root = document.getElementById('root');
  if (!root) return null;

  const store = createAppStore(restoreUi(storage));
  keepUi(store, storage);
  startTheme(store, document.documentElement, storage);
  startTitle(store, document);
  const { client } = startSession({ store, shell, scheduler: browserScheduler });
  const app: App = { store, client };
  startLoaders(app, browserScheduler);
  createRoot(root).render(<AppRoot app={app} />);
  return app;
}
