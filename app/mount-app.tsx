/** Composes the page: the store, the session with the host, and the tree that shows them. */
import { setNonce } from 'get-nonce';
import { createRoot } from 'react-dom/client';
import { AppContext, type App } from './app-context';
import type { Shell } from './client';
import { startLoader } from './connection/loader';
import { startReviewLoader } from './connection/review-loader';
import { browserScheduler } from './connection/scheduler';
import { startSession } from './connection/session';
import { startTurnLoader } from './connection/turn-loader';
import { AppShell } from './features/AppShell';
import { createAppStore } from './store/app-store';
import { keepUi, restoreUi, type KeptStorage } from './store/kept-ui';
import { startTheme } from './ui/theme';
import { startTitle } from './ui/title';
import './ui/base.css';

export interface MountOptions {
  /** `null` when this browser has no session with a host */
  readonly shell: Shell | null;
  readonly storage: KeptStorage;
}

/** Shows the page in `#root` and returns what it runs on. */
export function mountApp({ shell, storage }: MountOptions): App | null {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;
  // Libraries that add a style element ask for it; without it the page's policy refuses theirs.
  if (nonce) setNonce(nonce);
  const root = document.getElementById('root');
  if (!root) return null;

  const store = createAppStore(restoreUi(storage));
  keepUi(store, storage);
  startTheme(store, document.documentElement, storage);
  startTitle(store, document);
  const { client } = startSession({ store, shell, scheduler: browserScheduler });
  const app: App = { store, client };
  startLoader(app);
  startTurnLoader(app, browserScheduler);
  startReviewLoader(app, browserScheduler);
  createRoot(root).render(
    <AppContext value={app}>
      <AppShell />
    </AppContext>,
  );
  return app;
}
