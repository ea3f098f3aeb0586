/** Answering the agent's questions. */
import type { DialogAnswer } from '../../../schema/dialogs';
import type { App } from '../../connection/app';
import { attempt } from '../../connection/attempt';

/** Answers a question; returns true when the answer was accepted. */
export const answerDialog = async (
  app: App,
  taskId: string,
  { dialogId, answer }: { readonly dialogId: string; readonly answer: DialogAnswer },
): Promise<boolean> =>
  (await attempt(app, "Couldn't send your answer", () => app.client['task.answer']({ taskId, dialogId, answer }))) !==
  undefined;
