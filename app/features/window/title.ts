/** Shows the current task in the window's title, and whether any task waits for the person. */
import type { Disposable } from '../../../schema/transport';
import type { AppState, AppStore } from '../../store/app-store';
import { hasApproval, needsReview } from '../../store/host-state';

/** `● Sort the invoices – Piwork`; the dot says that a task needs the person. */
export function titleOf({ host, ui }: AppState): string {
  const asks = Object.values(host.tasks).some(
    (task) =>
      task.dialogs.length > 0 ||
      task.activity === 'needs_you' ||
      hasApproval(host, task.taskId) ||
      needsReview(host, task.taskId),
  );
  const task = ui.selectedTaskId === null ? undefined : host.tasks[ui.selectedTaskId];
  return `${asks ? '● ' : ''}${task ? `${task.title} – ` : ''}Piwork`;
}

/** Follows the store until disposed. */
export function startTitle(store: AppStore, document: Pick<Document, 'title'>): Disposable {
  const apply = (state: AppState): void => {
    const title = titleOf(state);
    if (document.title !== title) document.title = title;
  };
  apply(store.getState());
  return { dispose: store.subscribe(apply) };
}
