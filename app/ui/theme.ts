/** Puts the chosen theme on the document; `system` leaves the choice to the computer. */
import type { Disposable } from '../../schema/transport';
import type { AppStore } from '../store/app-store';

/** Follows the setting until disposed. */
export function startTheme(store: AppStore, root: HTMLElement): Disposable {
  const apply = (): void => {
    const theme = store.getState().host.snapshot?.settings.theme;
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
    else if (theme === 'system') delete root.dataset.theme;
  };
  apply();
  return { dispose: store.subscribe(apply) };
}
