/** Sending a message, and stopping or reopening the agent that works on it. */
import type { App } from '../../connection/app';
import { attempt } from '../../connection/attempt';
import { untilTheHostAnswers } from '../../connection/timeouts';
import { updateUi } from '../../store/app-store';

/** Sends the task's draft. It leaves the field immediately and comes back when it couldn't be sent. */
export async function sendDraft(app: App, taskId: string, promptId: string): Promise<void> {
  const text = (app.store.getState().ui.drafts[taskId] ?? '').trim();
  if (text === '') return;
  updateUi(app.store, (ui) => ({
    drafts: { ...ui.drafts, [taskId]: '' },
    sent: { ...ui.sent, [taskId]: { promptId, text, at: Date.now() } },
  }));
  const wasAccepted = await attempt(app, "Couldn't send your message", async () => {
    await app.client['task.open']({ taskId }, { timeoutMs: untilTheHostAnswers });
    await app.client['task.prompt']({ taskId, message: text, promptId }, { timeoutMs: untilTheHostAnswers });
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
  attempt(app, "Couldn't stop the task", () => app.client['task.stop']({ taskId }));

/** Starts the task's agent again after it failed. */
export const reopenTask = (app: App, taskId: string): Promise<unknown> =>
  attempt(app, "Couldn't open the task", () => app.client['task.open']({ taskId }, { timeoutMs: untilTheHostAnswers }));
