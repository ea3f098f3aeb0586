/**
 * Keeps the page connected: connects, reads the snapshot, applies events in order, and starts over after a gap or a
 * lost connection.
 */
import { appApi, type AppApi } from '../../schema/app-api';
import { clientOfCurrent } from '../../schema/contract-client';
import { RpcError } from '../../schema/errors';
import { connect, type Connection } from '../../schema/rpc-client';
import type { Disposable } from '../../schema/transport';
import type { AppClient, Shell } from './client';
import { updateUi, type AppStore } from '../store/app-store';
import { backoffMs } from './backoff';
import { createEventQueue } from './event-queue';
import type { Scheduler } from './scheduler';
import { createSync } from './sync';

export interface Session extends Disposable {
  /** Outlives connections: each call goes to the one that is open */
  readonly client: AppClient;
}

export interface SessionOptions {
  readonly store: AppStore;
  /** `null` when this browser has no session with a host */
  readonly shell: Shell | null;
  readonly scheduler: Scheduler;
}

/** After this many refusals in a row, a page that was connected stops trying: a host may be restarting. */
const refusalsBeforeGivingUp = 3;

/** Starts and keeps up a session until it is disposed or the host refuses this page. */
export function startSession({ store, shell, scheduler }: SessionOptions): Session {
  const queue = createEventQueue(store, scheduler);
  let current: Connection<AppApi> | null = null;
  let retry: Disposable | null = null;
  let attempt = 0;
  let refusals = 0;
  let hasBeenOpen = false;
  let isDisposed = false;

  const open = (): void => {
    retry = null;
    if (!shell) return updateUi(store, { connection: { kind: 'no_session' } });
    const connection = connect(appApi, shell.openTransport(), { isPeerTrusted: true });
    current = connection;
    const sync = createSync({ connection, store, queue, now: () => scheduler.now() });
    connection.onClose((reason) => void onClosed(reason, sync.hasSynced()));
    sync.start(() => {
      attempt = 0;
      refusals = 0;
      hasBeenOpen = true;
      updateUi(store, { connection: { kind: 'open' }, readProblems: {} });
    });
  };

  const onClosed = async (reason: string, hadSynced: boolean): Promise<void> => {
    current = null;
    if (isDisposed) return;
    queue.flush();
    attempt += 1;
    updateUi(store, ({ connection }) =>
      connection.kind === 'connecting' && !hasBeenOpen ? {} : { connection: { kind: 'lost', reason, attempt } },
    );
    refusals = !hadSynced && (await shell?.findCause()) === 'refused' ? refusals + 1 : 0;
    if (isDisposedNow()) return;
    if (refusals >= (hasBeenOpen ? refusalsBeforeGivingUp : 1)) {
      return updateUi(store, { connection: { kind: 'no_session' } });
    }
    updateUi(store, { connection: { kind: 'lost', reason, attempt } });
    retry = scheduler.after(backoffMs(attempt), open);
  };

  // Read through a function: the compiler would otherwise remember the value from before an await.
  const isDisposedNow = (): boolean => isDisposed;

  open();
  return {
    client: clientOfCurrent(
      appApi,
      () => current,
      () => new RpcError('DISCONNECTED', "Piwork isn't connected right now. Try again when it reconnects."),
    ),
    dispose: () => {
      isDisposed = true;
      retry?.dispose();
      queue.dispose();
      current?.dispose();
    },
  };
}
