/** Undo and redo of a turn: the question, the work, the result. */
import type { App } from '../../connection/app';
import { attempt, describeError, toast } from '../../connection/attempt';
import { updateHost, updateUi } from '../../store/app-store';
import { without } from '../../store/host-state';
import type { ConflictChoice, TakeBackForm, TakeBackStage } from '../../store/ui-state';
import { isBusy } from '../../store/task-summaries';
import { turnTitle } from './change-words';
import { canTakeBack, lastTakenBack, lastTurn, messageOfTurn, messagesOf, movesConversation } from './turns';

/** Thousands of files on a slow disk take this long, in `ms` */
const takeBackTimeoutMs = 60 * 60_000;

/** Why nothing can be undone while the agent works. */
export const busyReason = "The agent is working. Stop it, or wait until it's done.";

export interface TakeBackRequest {
  readonly taskId: string;
  readonly turn: number;
  /** Absent for the whole turn */
  readonly changeIds?: readonly string[];
  readonly isRedo: boolean;
}

const setStage = ({ store }: App, stage: TakeBackStage): void =>
  updateUi(store, ({ takeBack }) => ({ takeBack: takeBack && { ...takeBack, stage } }));

const isShown = ({ store }: App, form: TakeBackForm): boolean => {
  const shown = store.getState().ui.takeBack;
  return shown?.taskId === form.taskId && shown.turn === form.turn && shown.isRedo === form.isRedo;
};

const requestOf = ({ taskId, turn, changeIds, isRedo }: TakeBackForm) => ({
  taskId,
  turn,
  isRedo,
  ...(changeIds === null ? {} : { changeIds: [...changeIds] }),
});

/** Asks before undoing a turn or some of its changes; says why when that isn't possible now. */
export async function askTakeBack(app: App, { taskId, turn, changeIds, isRedo }: TakeBackRequest): Promise<void> {
  const { host, ui } = app.store.getState();
  const task = host.tasks[taskId];
  if (!task || ui.takeBack?.stage.kind === 'running') return;
  if (isBusy(task)) return toast(app, 'info', isRedo ? "Couldn't redo" : "Couldn't undo", busyReason);
  const turns = host.turns[taskId]?.turns ?? [];
  const summary = turns.find((one) => one.turn === turn);
  const form: TakeBackForm = {
    ...{ taskId, turn, isRedo, changeIds: changeIds ?? null },
    movesConversation: changeIds === undefined && !isRedo && summary !== undefined && movesConversation(turns, summary),
    stage: { kind: 'planning' },
    choices: {},
  };
  updateUi(app.store, { takeBack: form, isDrawerOpen: false });
  try {
    const plan = await app.client['turn.plan'](requestOf(form));
    if (isShown(app, form)) setStage(app, { kind: 'asking', ...plan });
  } catch (error) {
    if (isShown(app, form)) setStage(app, { kind: 'refused', problem: describeError(error) });
  }
}

/** Chooses what happens to a file that conflicts. */
export const chooseConflict = (app: App, changeId: string, choice: ConflictChoice): void =>
  updateUi(app.store, ({ takeBack }) => ({
    takeBack: takeBack && { ...takeBack, choices: { ...takeBack.choices, [changeId]: choice } },
  }));

/** Stores the words of a message that is about to leave the conversation. */
function rememberTitle({ store }: App, { taskId, turn }: TakeBackForm): void {
  const { host } = store.getState();
  const turns = host.turns[taskId]?.turns ?? [];
  const summary = turns.find((one) => one.turn === turn);
  const messages = messagesOf(host.conversations[taskId]?.items ?? []);
  if (!summary || !messageOfTurn(turns, messages, summary)) return;
  const title = turnTitle(turns, messages, summary);
  updateUi(store, ({ turnTitles }) => ({
    turnTitles: { ...turnTitles, [taskId]: { ...turnTitles[taskId], [turn]: title } },
  }));
}

/** Does what the question asked. */
export async function confirmTakeBack(app: App): Promise<void> {
  const form = app.store.getState().ui.takeBack;
  if (form?.stage.kind !== 'asking') return;
  const { taskId } = form;
  rememberTitle(app, form);
  updateHost(app.store, (host) => ({ ...host, progress: without(host.progress, taskId) }));
  setStage(app, { kind: 'running', isCancelling: false });
  try {
    const result = await app.client['turn.take_back'](
      { ...requestOf(form), choices: form.choices },
      { timeoutMs: takeBackTimeoutMs },
    );
    setStage(app, { kind: 'done', result });
  } catch (error) {
    setStage(app, { kind: 'refused', problem: describeError(error) });
  }
  updateHost(app.store, (host) => ({ ...host, progress: without(host.progress, taskId) }));
}

/** Cancels a running undo; the dialog then shows how far it came. */
export async function cancelTakeBack(app: App): Promise<void> {
  const form = app.store.getState().ui.takeBack;
  if (form?.stage.kind !== 'running') return;
  setStage(app, { kind: 'running', isCancelling: true });
  const wasTaken = await attempt(app, "Couldn't cancel", () => app.client['turn.cancel']({ taskId: form.taskId }));
  const isRunning = app.store.getState().ui.takeBack?.stage.kind === 'running';
  if (wasTaken === undefined && isRunning) setStage(app, { kind: 'running', isCancelling: false });
}

/** Closes the dialog, unless files are being moved behind it. */
export const closeTakeBack = (app: App): void =>
  updateUi(app.store, ({ takeBack }) => ({ takeBack: takeBack?.stage.kind === 'running' ? takeBack : null }));

/** Asks about the last turn of the shown task. */
export async function takeBackLast(app: App): Promise<void> {
  const { host, ui } = app.store.getState();
  const taskId = ui.selectedTaskId;
  if (taskId === null) return;
  const turns = host.turns[taskId]?.turns ?? [];
  const last = lastTurn(turns);
  if (!last || !canTakeBack(turns, last)) {
    return toast(app, 'info', 'Nothing to undo', last ? 'That turn is too old to undo.' : '');
  }
  await askTakeBack(app, { taskId, turn: last.turn, isRedo: false });
}

/** Asks about redoing what was undone last. */
export async function redoLast(app: App): Promise<void> {
  const { host, ui } = app.store.getState();
  const taskId = ui.selectedTaskId;
  if (taskId === null) return;
  const last = lastTakenBack(host.turns[taskId]?.turns ?? []);
  if (!last) return toast(app, 'info', 'Nothing to redo');
  await askTakeBack(app, { taskId, turn: last.turn, isRedo: true });
}
