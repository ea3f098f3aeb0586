import type { App } from '../../connection/app';
import { updateUi } from '../../store/app-store';
import { isAtLeast } from '../../ui/media';

/** Shows or hides the files: the panel, or the drawer if the page is narrow. */
export const toggleFiles = (app: App): void =>
  updateUi(app.store, ({ isPanelOpen, isDrawerOpen }) =>
    isAtLeast('wide') ? { isPanelOpen: !isPanelOpen } : { isDrawerOpen: !isDrawerOpen },
  );
