/** Puts the chosen theme on the document; `system` leaves the choice to the computer. */
import type { Disposable } from '../../../schema/transport';
import type { AppStore } from '../../store/app-store';
import type { KeptStorage } from '../../store/kept-ui';

const storageKey = 'piwork-theme';

const put = (root: HTMLElement, theme: string | null): void => {
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
  else delete root.dataset.theme;
};

/** Follows the setting until disposed. Until the host reports it, the last theme applies, so that nothing flashes. */
export function startTheme(store: AppStore, root: HTMLElement, storage: KeptStorage): Disposable {
  let shown = storage.getItem(storageKey);
  put(root, shown);
  const apply = (): void => {
    const theme = store.getState().host.snapshot?.settings.theme;
    if (theme === undefined || theme === shown) return;
    shown = theme;
    put(root, theme);
    try {
      storage.setItem(storageKey, theme);
    } catch (error) {
      // Affects only the next start, which begins with the system's theme.
      console.warn('The theme could not be kept', error);
    }
  };
  apply();
  return { dispose: store.subscribe(apply) };
}
