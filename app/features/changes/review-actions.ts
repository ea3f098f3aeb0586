/** Applying and discarding pending changes, and turning review on and off. */
import type { App } from '../../connection/app';
import { attempt, describeError, toast } from '../../connection/attempt';
import { updateHost, updateUi } from '../../store/app-store';
import { without } from '../../store/host-state';
import { reviewChanged, unreadReview, waitingCount } from '../../store/review-state';
import type { ReviewForm, ReviewStage } from '../../store/ui-state';
import { isAtLeast } from '../../ui/media';
import { isBusy } from '../../store/task-summaries';
import { askTakeBack } from './take-back-actions';

/** Thousands of files on a slow disk take this long, in `ms` */
const reviewTimeoutMs = 60 * 60_000;

/** Why pending changes can't be applied or discarded while the agent works. */
export const busyReviewReason = "The agent is working. Stop it, or wait until it's done.";

/** Finds the list of pending changes, where looking at them starts. */
const waitingList = '[data-review="waiting"]';

export interface ReviewRequest {
  readonly taskId: string;
  readonly verb: ReviewForm['verb'];
  /** Absent for all pending changes */
  readonly changeIds?: readonly string[];
}

const setStage = ({ store }: App, stage: ReviewStage): void =>
  updateUi(store, ({ review }) => ({ review: review && { ...review, stage } }));

/** Applies immediately, which can be undone; asks before discarding, which can't. */
export async function startReview(app: App, { taskId, verb, changeIds }: ReviewRequest): Promise<void> {
  const { host, ui } = app.store.getState();
  const task = host.tasks[taskId];
  if (!task || ui.review?.stage.kind === 'running') return;
  const isApplying = verb === 'apply';
  if (isBusy(task)) return toast(app, 'info', isApplying ? "Couldn't apply" : "Couldn't discard", busyReviewReason);
  const count = changeIds?.length ?? waitingCount(task, host.reviews[taskId]);
  const form: ReviewForm = { taskId, verb, changeIds: changeIds ?? null, count, stage: { kind: 'asking' } };
  updateUi(app.store, { review: form, compared: null, isDrawerOpen: false });
  if (isApplying) await confirmReview(app);
}

/** Does what the question asked. */
export async function confirmReview(app: App): Promise<void> {
  const form = app.store.getState().ui.review;
  if (form?.stage.kind !== 'asking') return;
  const { taskId, verb, changeIds } = form;
  const request = { taskId, ...(changeIds === null ? {} : { changeIds: [...changeIds] }) };
  updateHost(app.store, (host) => ({ ...host, progress: without(host.progress, taskId) }));
  setStage(app, { kind: 'running' });
  try {
    const limits = { timeoutMs: reviewTimeoutMs };
    const result =
      verb === 'apply'
        ? await app.client['review.apply'](request, limits)
        : { turn: null, left: [], ...(await app.client['review.discard'](request, limits)) };
    setStage(app, { kind: 'done', ...result });
  } catch (error) {
    setStage(app, { kind: 'refused', problem: describeError(error) });
  }
  // The event says so too, but the panel must not show the old state for a moment.
  updateHost(app.store, (host) => ({
    ...host,
    progress: without(host.progress, taskId),
    reviews: { ...host.reviews, [taskId]: reviewChanged(host.reviews[taskId] ?? unreadReview) },
  }));
}

/** Closes the dialog, unless files are being moved behind it. */
export const closeReview = (app: App): void =>
  updateUi(app.store, ({ review }) => ({ review: review?.stage.kind === 'running' ? review : null }));

/** Asks about undoing what was just applied. */
export async function takeBackApplied(app: App, taskId: string, turn: number): Promise<void> {
  closeReview(app);
  await askTakeBack(app, { taskId, turn, isRedo: false });
}

/** Shows the pending changes in the panel or the drawer, and moves the focus there. */
export function lookAtWaiting(app: App): void {
  updateUi(app.store, isAtLeast('wide') ? { isPanelOpen: true } : { isDrawerOpen: true });
  // After the drawer took the focus: it remembers where the focus was, and returns it there.
  requestAnimationFrame(() => {
    const list = document.querySelector<HTMLElement>(waitingList);
    list?.scrollIntoView({ block: 'start' });
    list?.focus({ preventScroll: true });
  });
}

/** Turns review on or off for a task, from the next run on. */
export async function setReviewing(app: App, taskId: string, reviewsChanges: boolean): Promise<void> {
  const wasSet = await attempt(app, "Couldn't change the review setting", () =>
    app.client['task.set_reviewing']({ taskId, reviewsChanges }),
  );
  if (!wasSet) return;
  if (reviewsChanges) {
    toast(app, 'info', 'Changes now wait for your OK', 'The folder stays unchanged until you apply them.');
  } else toast(app, 'info', 'Changes now apply immediately', 'You can undo each turn.');
}
