import type { Disposable } from '../../../schema/transport';
import type { App } from '../../connection/app';
import type { Scheduler } from '../../connection/scheduler';
import { startReviewLoader } from '../changes/review-loader';
import { startTurnLoader } from '../changes/turn-loader';
import { startTaskLoader } from '../tasks/task-loader';

/** Starts everything that reads what the page shows and the store doesn't have yet. */
export function startLoaders(app: App, scheduler: Pick<Scheduler, 'now' | 'after'>): Disposable {
  const loaders = [startTaskLoader(app), startTurnLoader(app, scheduler), startReviewLoader(app, scheduler)];
  return {
    dispose: () => {
      for (const loader of loaders) loader.dispose();
    },
  };
}
