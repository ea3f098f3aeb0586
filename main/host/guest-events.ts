/** Tells the tasks what happens in the guest: one thing after another, since each may change files. */
import type { Disposable } from '../../schema/transport';
import type { Services } from './services';

export interface GuestEvents extends Disposable {
  /** Resolves when everything that came so far has been dealt with */
  readonly settled: () => Promise<void>;
}

/** Passes taskd's events and the VM's end on to the tasks, until it is disposed. */
export function followGuest({ log, tasks, vm }: Pick<Services, 'log' | 'tasks' | 'vm'>): GuestEvents {
  let queue: Promise<void> = Promise.resolve();
  const inOrder = (work: () => Promise<void>): void => {
    queue = queue.then(work).catch((error: unknown) => log.write('host', `couldn't send an event: ${String(error)}`));
  };
  const subscriptions = [
    vm.taskdEvents.add((event) => inOrder(() => tasks.onTaskdEvent(event))),
    vm.changed.add((status) => {
      if (status.kind !== 'failed' && status.kind !== 'stopped') return;
      const why = status.kind === 'failed' ? status.failure.message : 'The workspace stopped.';
      inOrder(() => tasks.onVmGone(why));
    }),
  ];
  return {
    settled: () => queue,
    dispose: () => subscriptions.forEach((one) => one.dispose()),
  };
}
