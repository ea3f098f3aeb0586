/** A page's store and session over a host in memory, without a tree. */
import type { App } from '../connection/app';
import type { Shell } from '../connection/client';
import { startSession, type Session } from '../connection/session';
import { fakeSnapshot } from '../dev/data/snapshot';
import type { FakeHost, FakeHostOptions } from '../dev/host/fake-host';
import { startFakeHost } from '../dev/host/start';
import { startLoaders } from '../features/shell/start-loaders';
import { createAppStore } from '../store/app-store';
import type { UiState } from '../store/ui-state';
import { ManualScheduler, settle } from './manual-scheduler';

export interface TestPage {
  readonly app: App;
  readonly host: FakeHost;
  readonly scheduler: ManualScheduler;
  readonly session: Session;
  /** Lets everything in flight arrive, and paints */
  readonly settle: () => Promise<void>;
}

export interface TestPageOptions extends Partial<FakeHostOptions> {
  readonly ui?: Partial<UiState>;
  readonly findCause?: Shell['findCause'];
}

/** Starts a session; the first snapshot has arrived when this resolves. */
export async function startTestPage({ ui, findCause, ...options }: TestPageOptions = {}): Promise<TestPage> {
  const scheduler = new ManualScheduler();
  const host = startFakeHost({
    snapshot: fakeSnapshot,
    now: () => scheduler.now(),
    after: (delayMs, run) => scheduler.after(delayMs, run),
    ...options,
  });
  const store = createAppStore(ui);
  const shell = {
    openTransport: () => host.openTransport(),
    findCause: findCause ?? (() => Promise.resolve('away' as const)),
  };
  const session = startSession({ store, shell, scheduler });
  const app = { store, client: session.client };
  startLoaders(app, scheduler);
  const settleAll = async (): Promise<void> => {
    await settle();
    scheduler.paint();
    await settle();
  };
  await settleAll();
  return { app, host, scheduler, session, settle: settleAll };
}
