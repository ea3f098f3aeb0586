/** What the host does by itself about its VM and its file server. */
import type { VmStatus } from '../../schema/vm-api';
import type { Disposable } from '../../schema/transport';
import { RestartPolicy } from '../workers/restart-policy';
import type { Services } from './services';

/** Milliseconds without a run after which the VM stops and frees its memory. */
export const idleStopMs = 15 * 60_000;

export interface UpkeepOptions {
  readonly services: Pick<Services, 'files' | 'log' | 'settings' | 'tasks' | 'vm'>;
  readonly now: () => number;
  /** Runs `onDue` once, unless it is disposed before */
  readonly setTimer: (ms: number, onDue: () => void) => Disposable;
}

/**
 * Until it is disposed:
 *
 * | when                            | it does                                                         |
 * |---------------------------------|-----------------------------------------------------------------|
 * | no run for `idleStopMs`         | the VM stops; the next prompt starts it                         |
 * | the VM crashes                  | it starts again, a few times in ten minutes                     |
 * | the file server ends            | the VM stops, because its mount no longer works                 |
 * | the settings change             | the file server gets them, and so does one that replaces it     |
 */
export function keepUp({ services, now, setTimer }: UpkeepOptions): Disposable {
  const { files, log, settings, tasks, vm } = services;
  const restarts = new RestartPolicy(now);
  let idle: Disposable | null = null;

  const logFailure =
    (what: string) =>
    (error: unknown): void =>
      log.write('host', `${what}: ${String(error)}`);

  const configureFiles = (): void => {
    const { asksBeforeChange, keepUpToMb, growUpToGb } = settings.current;
    const policy = { asksBeforeChange, keepUpToBytes: keepUpToMb * 1024 ** 2, growUpToBytes: growUpToGb * 1024 ** 3 };
    files.client['files.configure'](policy).catch(logFailure("the file server didn't get the settings"));
  };

  const restartIdleTimer = (): void => {
    idle?.dispose();
    idle = null;
    if (vm.status.kind !== 'ready') return;
    idle = setTimer(idleStopMs, () => {
      if (tasks.isBusy) return restartIdleTimer();
      log.write('host', 'idle: stopping the VM');
      vm.stop().catch(logFailure("the VM didn't stop"));
    });
  };

  const startAfterCrash = (status: VmStatus): void => {
    if (status.kind !== 'failed' || !restarts.mayRestart(status.failure.reason)) return;
    log.write('host', 'the VM crashed: starting it again');
    // The VM's status reports the failure.
    vm.start().catch(() => undefined);
  };

  configureFiles();
  const subscriptions = [
    settings.changed.add(configureFiles),
    files.began.add(configureFiles),
    tasks.settled.add(restartIdleTimer),
    vm.changed.add(restartIdleTimer),
    vm.changed.add(startAfterCrash),
    files.lost.add(() => {
      log.write('host', 'the file server stopped: stopping the VM');
      vm.shutDown().catch(logFailure("the VM didn't stop"));
    }),
  ];
  return {
    dispose: () => {
      idle?.dispose();
      for (const one of subscriptions) one.dispose();
    },
  };
}
