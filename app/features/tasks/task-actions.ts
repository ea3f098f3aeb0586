/** What a person does with a task on the list. */
import type { App } from '../../connection/app';
import { attempt } from '../../connection/attempt';

export const renameTask = (app: App, taskId: string, title: string): Promise<unknown> =>
  attempt(app, "Couldn't rename the task", () => app.client['task.rename']({ taskId, title }));

export const removeTask = (app: App, taskId: string): Promise<unknown> =>
  attempt(app, "Couldn't remove the task", () => app.client['task.remove']({ taskId }));

export const setModel = (app: App, taskId: string, model: string): Promise<unknown> =>
  attempt(app, "Couldn't change the model", () => app.client['task.set_model']({ taskId, model }));
