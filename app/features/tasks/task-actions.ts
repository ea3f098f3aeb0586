/** What a person does with tasks. */
import type { ArtifactArea } from '../../../schema/app-api';
import type { DialogAnswer } from '../../../schema/dialogs';
import type { App } from '../../app-context';
import { attempt } from '../../attempt';
import { updateUi } from '../../store/app-store';

/** The workspace may have to be built first, which takes minutes where there is no hardware virtualisation, in `ms` */
export const openTimeoutMs = 15 * 60_000;

/** Sends the task's draft. It leaves the field at once and comes back when it could not be sent. */
export async function sendDraft(app: App, taskId: string, promptId: string): Promise<void> {
  const text = (app.store.getState().ui.drafts[taskId] ?? '').trim();
  if (text === '') return;
  updateUi(app.store, (ui) => ({
    drafts: { ...ui.drafts, [taskId]: '' },
    sent: { ...ui.sent, [taskId]: { promptId, text, at: Date.now() } },
  }));
  const wasAccepted = await attempt(app, 'Your message was not sent', async () => {
    await app.client['task.open']({ taskId }, { timeoutMs: openTimeoutMs });
    await app.client['task.prompt']({ taskId, message: text, promptId }, { timeoutMs: openTimeoutMs });
    return true;
  });
  if (wasAccepted) return;
  updateUi(app.store, (ui) => {
    const typedMeanwhile = ui.drafts[taskId] ?? '';
    const sent = Object.fromEntries(Object.entries(ui.sent).filter(([id]) => id !== taskId));
    return {
      sent,
      drafts: { ...ui.drafts, [taskId]: typedMeanwhile === '' ? text : `${text}\n\n${typedMeanwhile}` },
    };
  });
}

export const setDraft = (app: App, taskId: string, text: string): void =>
  updateUi(app.store, (ui) => ({ drafts: { ...ui.drafts, [taskId]: text } }));

export const stopTask = (app: App, taskId: string): Promise<unknown> =>
  attempt(app, 'The task could not be stopped', () => app.client['task.stop']({ taskId }));

export const renameTask = (app: App, taskId: string, title: string): Promise<unknown> =>
  attempt(app, 'The task could not be renamed', () => app.client['task.rename']({ taskId, title }));

export const removeTask = (app: App, taskId: string): Promise<unknown> =>
  attempt(app, 'The task could not be removed', () => app.client['task.remove']({ taskId }));

export const setModel = (app: App, taskId: string, model: string): Promise<unknown> =>
  attempt(app, 'The model could not be changed', () => app.client['task.set_model']({ taskId, model }));

/** Starts the task's agent again after it failed. */
export const reopenTask = (app: App, taskId: string): Promise<unknown> =>
  attempt(app, 'The task could not be opened', () => app.client['task.open']({ taskId }, { timeoutMs: openTimeoutMs }));

/** Answers a question; true when the answer was taken. */
export const answerDialog = async (
  app: App,
  taskId: string,
  { dialogId, answer }: { readonly dialogId: string; readonly answer: DialogAnswer },
): Promise<boolean> =>
  (await attempt(app, 'Your answer was not taken', () => app.client['task.answer']({ taskId, dialogId, answer }))) !==
  undefined;

/** Shows a file of a task, or none. */
export const previewFile = (app: App, file: { readonly area: ArtifactArea; readonly path: string } | null): void =>
  updateUi(app.store, { previewed: file && `${file.area}/${file.path}` });
