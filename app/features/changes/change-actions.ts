/** Showing what a turn changed. */
import type { FileChange } from '../../../schema/file-changes';
import { RpcError } from '../../../schema/errors';
import type { App } from '../../connection/app';
import { describeError, toast } from '../../connection/attempt';
import { updateUi } from '../../store/app-store';
import type { Compared } from '../../store/ui-state';
import { changePath } from './change-words';

/** Shows a change before and after, or none. */
export const compareChange = (app: App, compared: Compared | null): void => updateUi(app.store, { compared });

/** Opens a file in the system's program for it. */
export async function openInEditor(app: App, taskId: string, change: FileChange): Promise<void> {
  try {
    await app.client['file.open']({ taskId, area: change.area, path: changePath(change) });
  } catch (error) {
    const isMissing = error instanceof RpcError && error.code === 'NOT_SUPPORTED';
    toast(
      app,
      isMissing ? 'info' : 'error',
      "Couldn't open the file",
      isMissing ? "A browser can't open apps on your computer. Open the file from its folder." : describeError(error),
    );
  }
}

/** Dismisses the notice about what can't be undone. */
export const dismissWarnings = (app: App, taskId: string): void =>
  updateUi(app.store, ({ warnings }) => ({
    warnings: Object.fromEntries(Object.entries(warnings).filter(([id]) => id !== taskId)),
  }));
