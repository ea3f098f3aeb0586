/** Where each event of `app-api` comes from. Every shell receives the same events. */
import type { AppApi } from '../../schema/app-api';
import type { FilesApi } from '../../schema/files-api';
import type { EventName, EventPayload, OutgoingEvent } from '../../schema/rpc';
import type { Disposable, Listeners } from '../../schema/transport';
import type { Services } from './services';

type Payload<E extends EventName<AppApi>> = Extract<OutgoingEvent<AppApi>, { event: E }>['payload'];
type Subscribe<T> = (listener: (payload: T) => void) => Disposable;
type Sources = { readonly [E in EventName<AppApi>]: Subscribe<Payload<E>> };

/** What the services publish. */
export type EventSources = Pick<
  Services,
  'approvals' | 'extensions' | 'files' | 'models' | 'settings' | 'tasks' | 'vm'
>;

/** The service's event already has the contract's shape. */
const as =
  <T>(listeners: Listeners<T>): Subscribe<T> =>
  (listener) =>
    listeners.add(listener);

/** The event is made from what the service publishes. */
const from =
  <T, P>(listeners: Listeners<T>, make: (value: T) => P): Subscribe<P> =>
  (listener) =>
    listeners.add((value) => listener(make(value)));

type FilesEvent = 'turn.changed' | 'turn.progress' | 'turn.warning' | 'review.changed';

function sourcesOf({ approvals, extensions, files, models, settings, tasks, vm }: EventSources): Sources {
  const fromFiles =
    <E extends FilesEvent>(event: E): Subscribe<EventPayload<FilesApi, E>> =>
    (listener) =>
      files.on(event, listener);
  return {
    'vm.changed': as(vm.changed),
    'task.changed': as(tasks.changed),
    'task.conversation': as(tasks.conversationChanged),
    'task.settled': as(tasks.settled),
    'task.removed': from(tasks.removed, (taskId) => ({ taskId })),
    'task.artifacts': from(tasks.artifactsChanged, (taskId) => ({ taskId })),
    'turn.changed': fromFiles('turn.changed'),
    'turn.progress': fromFiles('turn.progress'),
    'turn.warning': fromFiles('turn.warning'),
    'review.changed': fromFiles('review.changed'),
    'approval.changed': as(approvals.changed),
    'approval.closed': as(approvals.closed),
    'grants.changed': from(approvals.grantsChanged, (grants) => ({ grants: [...grants] })),
    'models.changed': from(models.changed, () => ({ providers: models.providers, models: models.list })),
    'settings.changed': as(settings.changed),
    'extensions.changed': from(extensions.changed, () => ({})),
  };
}

/** Passes every event on. */
export function relayEvents(services: EventSources, emit: (event: OutgoingEvent<AppApi>) => void): Disposable {
  const sources = Object.entries(sourcesOf(services)) as [EventName<AppApi>, Subscribe<never>][];
  const subscriptions = sources.map(([event, subscribe]) => subscribe((payload) => emit({ event, payload })));
  return { dispose: () => subscriptions.forEach((one) => one.dispose()) };
}
