/** Typing, selecting and choosing a folder. */
import type { App } from '../../connection/app';
import { attempt, describeError } from '../../connection/attempt';
import { updateUi } from '../../store/app-store';
import type { FolderForm } from '../../store/ui-state';
import { expandHome, splitTyped } from './FolderField.logic';

export const editFolder = (app: App, change: Partial<FolderForm>): void =>
  updateUi(app.store, ({ folder }) => ({ folder: { ...folder, ...change } }));

const typedNow = (app: App): string => app.store.getState().ui.folder.typed;

/** The folder to send to the host, or `null` when none was chosen. */
export function chosenFolder(app: App): string | null {
  const { host, ui } = app.store.getState();
  const path = expandHome(ui.folder.typed.trim(), host.snapshot?.app.home ?? '').replace(/(?<=[^\\/:])[\\/]+$/, '');
  return path === '' ? null : path;
}

/** Takes typed or selected text: the host checks it, and the folders around it are listed. */
export async function typeFolder(app: App, typed: string): Promise<void> {
  editFolder(app, { typed, check: null, problem: null });
  await Promise.all([checkFolder(app, typed), listFolders(app, typed)]);
}

async function checkFolder(app: App, typed: string): Promise<void> {
  const path = chosenFolder(app);
  if (path === null) return;
  // Only the answer to the current text counts.
  const answer = (check: FolderForm['check']): void => {
    if (typedNow(app) === typed) editFolder(app, { check });
  };
  try {
    answer(await app.client['folder.check']({ path }));
  } catch (error) {
    answer({ ok: false, problem: describeError(error) });
  }
}

/** Lists the folders that can complete the typed text; at first those of the workspace root. */
export async function listFolders(app: App, typed: string): Promise<void> {
  const { snapshot } = app.store.getState().host;
  if (!snapshot) return;
  const { parent } = splitTyped(expandHome(typed, snapshot.app.home));
  const path = parent === '' ? snapshot.app.home : parent;
  if (app.store.getState().ui.folder.listing?.path === path) return;
  const answer = (listing: FolderForm['listing']): void => {
    if (typedNow(app) === typed) editFolder(app, { listing });
  };
  try {
    answer(await app.client['folder.list']({ path }));
  } catch {
    // Expected while a path is half typed: the check reports the problem.
    answer(null);
  }
}

/** Asks in the system's dialog; closing it changes nothing. */
export async function pickFolder(app: App): Promise<void> {
  const hourMs = 3_600_000;
  const picked = await attempt(app, "Couldn't open the folder dialog", () =>
    app.client['folder.pick']({}, { timeoutMs: hourMs }),
  );
  if (picked?.path) await typeFolder(app, picked.path);
}
