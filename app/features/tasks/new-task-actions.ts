/** Filling and sending the form of a new task, and adding a folder to a task that has none. */
import type { App } from '../../connection/app';
import { describeError } from '../../connection/attempt';
import { openDialog, selectTask, updateUi } from '../../store/app-store';
import { emptyFolder, emptyNewTask, type NewTaskForm, type OpenDialogName } from '../../store/ui-state';
import { baseName } from '../../ui/format';
import { chosenFolder, editFolder, listFolders } from './folder-actions';
import { untilTheHostAnswers } from '../../connection/timeouts';

export const editNewTask = (app: App, change: Partial<NewTaskForm>): void =>
  updateUi(app.store, ({ newTask }) => ({ newTask: { ...newTask, ...change } }));

function openWithFolders(app: App, dialog: OpenDialogName): void {
  openDialog(app.store, dialog);
  void listFolders(app, app.store.getState().ui.folder.typed);
}

/** Opens the form of a new task with what was typed before. */
export const openNewTask = (app: App): void => openWithFolders(app, 'new_task');

/** Opens the dialog that adds a folder to the shown task. */
export const openBindFolder = (app: App): void => openWithFolders(app, 'bind_folder');

/** Sends the folder to the host with `give`; a problem is shown below the field, which keeps its text. */
async function giveFolder(app: App, give: (folder: string | null) => Promise<void>): Promise<void> {
  if (app.store.getState().ui.folder.isBusy) return;
  editFolder(app, { isBusy: true, problem: null });
  try {
    await give(chosenFolder(app));
    updateUi(app.store, { dialog: null, folder: emptyFolder });
  } catch (error) {
    editFolder(app, { isBusy: false, problem: describeError(error) });
  }
}

/** Creates the task and shows it. */
export const submitNewTask = (app: App): Promise<void> =>
  giveFolder(app, async (folder) => {
    const { title, model, reviewsChanges } = app.store.getState().ui.newTask;
    const { taskId } = await app.client['task.create']({
      title: title.trim() || (folder === null ? 'Untitled' : baseName(folder)),
      ...(model === null ? {} : { model }),
      folder,
      // Without a folder, nothing could be pending.
      ...(reviewsChanges && folder !== null ? { reviewsChanges } : {}),
    });
    updateUi(app.store, { newTask: emptyNewTask });
    selectTask(app.store, taskId);
    // The workspace starts while the person is still writing. Its banner, or the first prompt, reports a failure.
    app.client['task.open']({ taskId }, { timeoutMs: untilTheHostAnswers }).catch(() => undefined);
  });

/** Adds the folder to a task that has none; a task keeps its folder. */
export const bindFolder = (app: App, taskId: string): Promise<void> =>
  giveFolder(app, async (folder) => {
    if (folder === null) throw new Error('Choose a folder first.');
    await app.client['task.bind_folder']({ taskId, folder });
  });
