/** Reads pending changes: of the shown task while the agent works, of all other tasks once they are idle. */
import type { Disposable } from '../../../schema/transport';
import type { App } from '../../connection/app';
import { isBusy } from '../../store/task-summaries';
import { updateHost, updateUi, type AppState } from '../../store/app-store';
import { canWait, noCounts, unreadReview } from '../../store/review-state';
import { reviewRead } from '../../store/task-content';
import { createPacedReader } from '../../connection/paced-reader';
import type { Scheduler } from '../../connection/scheduler';

/** Starts reading, now and at each change of the store, until disposed. */
export function startReviewLoader(app: App, scheduler: Pick<Scheduler, 'now' | 'after'>): Disposable {
  const reader = createPacedReader({ scheduler, check: () => check(app.store.getState()) });

  const read = async (taskId: string, readVersion: number): Promise<void> => {
    const review = await app.client['review.changes']({ taskId });
    updateHost(app.store, (host) => reviewRead(host, taskId, { ...review, problem: null, readVersion }));
    const { selectedTaskId, compared } = app.store.getState().ui;
    if (selectedTaskId !== taskId || compared?.turn !== 'waiting') return;
    const isThere = review.changes.some(({ id }) => id === compared.changeId);
    if (!isThere) updateUi(app.store, { compared: null });
  };
  // Read again only when something changes: a problem with one task's folder must not cause endless requests.
  const fail = (taskId: string, readVersion: number, problem: string): void =>
    updateHost(app.store, (host) =>
      reviewRead(host, taskId, { changes: [], counts: noCounts, isTruncated: false, problem, readVersion }),
    );

  const check = ({ host, ui }: AppState): void => {
    if (ui.connection.kind !== 'open') return;
    for (const task of Object.values(host.tasks)) {
      const { taskId } = task;
      if (!canWait(task) || (taskId !== ui.selectedTaskId && isBusy(task))) continue;
      const { version, readVersion } = host.reviews[taskId] ?? unreadReview;
      if (version === readVersion) continue;
      void reader.read(
        taskId,
        () => read(taskId, version),
        (problem) => fail(taskId, version, problem),
      );
    }
  };

  const unsubscribe = app.store.subscribe(check);
  check(app.store.getState());
  return {
    dispose: () => {
      unsubscribe();
      reader.dispose();
    },
  };
}
