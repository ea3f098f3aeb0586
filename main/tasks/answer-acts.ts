/** Answers the guard in the guest, which asks about a command before it runs. */
import type { ActQuestion, ActVerdict } from '../../schema/act-questions';
import type { TaskServiceOptions } from './task-ports';

export interface AskedActs {
  readonly taskId: string;
  /** Id of pi's dialog */
  readonly id: string;
  readonly question: ActQuestion;
}

const notAsked: ActVerdict = {
  isAllowed: false,
  reason: "Piwork couldn't ask the person about this, so it was not done.",
};

/** Resolves when the guest has its answer, or is gone. Never rejects: a question that can't be asked is denied. */
export async function answerActs(
  { files, taskd, log }: Pick<TaskServiceOptions, 'files' | 'taskd' | 'log'>,
  { taskId, id, question }: AskedActs,
): Promise<void> {
  const verdict = await files.askActs(taskId, question).catch((error: unknown) => {
    log('host', `${taskId}: couldn't ask about a command: ${String(error)}`);
    return notAsked;
  });
  await taskd
    .extension_ui_response({ taskId, id, answer: { value: JSON.stringify(verdict) } })
    .catch((error: unknown) => log('host', `${taskId}: couldn't deliver an answer: ${String(error)}`));
}
