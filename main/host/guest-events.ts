/** Passes guest events to the tasks in order; each task handles them one after another. */
import type { Disposable } from '../../schema/transport';
import type { Services } from './services';

export interface GuestEvents extends Disposable {
  /** Resolves when everything received so far was handled */
  readonly settled: () => Promise<unknown>;
}

/** Passes taskd's events and the end of the VM to the tasks, until disposed. */
export function followGuest({ log, tasks, vm }: Pick<Services, 'log' | 'tasks' | 'vm'>): GuestEvents {
  const open = new Set<Promise<void>>();
  const follow = (taken: Promise<void>): void => {
    const done = taken
      .catch((error: unknown) => log.write('host', `couldn't send an event: ${String(error)}`))
      .finally(() => open.delete(done));
    open.add(done);
  };
  const subscriptions = [
    vm.taskdEvents.add((event) => follow(tasks.onTaskdEvent(event))),
    vm.changed.add((status) => {
      if (status.kind !== 'failed' && status.kind !== 'stopped') return;
      const why = status.kind === 'failed' ? status.failure.message : 'The workspace stopped.';
      follow(tasks.onVmGone(why));
    }),
  ];
  return {
    settled: () => Promise.all(open),
    dispose: () => subscriptions.forEach((one) => one.dispose()),
  };
}
