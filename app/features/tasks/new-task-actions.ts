/** Filling and sending the form of a new task. */
import type { App } from '../../app-context';
import { attempt, describeError } from '../../attempt';
import { openDialog, selectTask, updateUi } from '../../store/app-store';
import { emptyNewTask, type NewTaskForm } from '../../store/ui-state';
import { expandHome, splitTyped } from './FolderField.logic';
import { openTimeoutMs } from './task-actions';

export const editNewTask = (app: App, change: Partial<NewTaskForm>): void =>
  updateUi(app.store, ({ newTask }) => ({ newTask: { ...newTask, ...change } }));

const typedFolder = (app: App): string => app.store.getState().ui.newTask.folder;

/** Opens the form with the folders of the workspace root, and with what was typed before. */
export function openNewTask(app: App): void {
  openDialog(app.store, 'new_task');
  void listFolders(app, typedFolder(app));
}

/** Takes a typed or chosen folder: the host checks it, and the folders around it are listed. */
export async function typeFolder(app: App, folder: string): Promise<void> {
  editNewTask(app, { folder, check: null, problem: null });
  await Promise.all([checkFolder(app, folder), listFolders(app, folder)]);
}

async function checkFolder(app: App, folder: string): Promise<void> {
  if (folder.trim() === '') return;
  const home = app.store.getState().host.snapshot?.app.home ?? '';
  try {
    const check = await app.client['folder.check']({ path: expandHome(folder.trim(), home) });
    // Only the answer to what stands there now counts.
    if (typedFolder(app) === folder) editNewTask(app, { check });
  } catch (error) {
    if (typedFolder(app) === folder) editNewTask(app, { check: { ok: false, problem: describeError(error) } });
  }
}

async function listFolders(app: App, folder: string): Promise<void> {
  const { snapshot } = app.store.getState().host;
  if (!snapshot) return;
  const { parent } = splitTyped(expandHome(folder, snapshot.app.home));
  const path = parent === '' ? snapshot.settings.workspaceRoot : parent;
  if (app.store.getState().ui.newTask.listing?.path === path) return;
  try {
    const listing = await app.client['folder.list']({ path });
    if (typedFolder(app) === folder) editNewTask(app, { listing });
  } catch {
    // Expected while a path is half typed: the check says what is wrong with it.
    if (typedFolder(app) === folder) editNewTask(app, { listing: null });
  }
}

/** Asks with the system's dialog; nothing changes when it is left. */
export async function pickFolder(app: App): Promise<void> {
  const hourMs = 3_600_000;
  const picked = await attempt(app, 'The folder dialog could not be opened', () =>
    app.client['folder.pick']({}, { timeoutMs: hourMs }),
  );
  if (picked?.path) await typeFolder(app, picked.path);
}

/** Makes the task and shows it; what is wrong is said in the form, which keeps what was typed. */
export async function submitNewTask(app: App): Promise<void> {
  const { host, ui } = app.store.getState();
  const { title, folder, model, isCreating } = ui.newTask;
  if (isCreating) return;
  editNewTask(app, { isCreating: true, problem: null });
  try {
    const path = expandHome(folder.trim(), host.snapshot?.app.home ?? '').replace(/(?<=[^\\/:])[\\/]+$/, '');
    const { taskId } = await app.client['task.create']({
      ...(title.trim() === '' ? {} : { title: title.trim() }),
      ...(model === null ? {} : { model }),
      folder: path === '' ? null : path,
    });
    updateUi(app.store, { dialog: null, newTask: emptyNewTask });
    selectTask(app.store, taskId);
    // The workspace starts while the person still writes. A failure is told by its banner, or by the first prompt.
    app.client['task.open']({ taskId }, { timeoutMs: openTimeoutMs }).catch(() => undefined);
  } catch (error) {
    editNewTask(app, { isCreating: false, problem: describeError(error) });
  }
}
