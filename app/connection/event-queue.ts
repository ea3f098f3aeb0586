/** Collects the host's events and applies them to the store once per frame. */
import type { Disposable } from '../../schema/transport';
import { updateBoth, type AppStore } from '../store/app-store';
import { applyEvent, type AppEvent } from '../store/host-state';
import { applyEventsToUi } from '../store/ui-events';
import type { Scheduler } from './scheduler';

export interface EventQueue extends Disposable {
  push(event: AppEvent): void;
  /** Applies everything that waits, now */
  flush(): void;
}

/** A queue that applies events in order; all events of one frame change the store once. */
export function createEventQueue(store: AppStore, scheduler: Scheduler): EventQueue {
  let waiting: AppEvent[] = [];
  let scheduled: Disposable | null = null;

  const flush = (): void => {
    scheduled?.dispose();
    scheduled = null;
    if (waiting.length === 0) return;
    const events = waiting;
    waiting = [];
    updateBoth(store, ({ host, ui }) => {
      const after = events.reduce(applyEvent, host);
      return { host: after, ui: applyEventsToUi(ui, after, events) };
    });
  };

  return {
    flush,
    push: (event) => {
      waiting.push(event);
      scheduled ??= scheduler.frame(flush);
    },
    dispose: () => {
      scheduled?.dispose();
      scheduled = null;
      waiting = [];
    },
  };
}
