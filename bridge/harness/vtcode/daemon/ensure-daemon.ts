/** Visits the daemon, and starts it when there is none. */
import { spawn } from 'node:child_process';
import { ContractError, toContractError } from '../../../../schema/capnp/contract-error';
import type { Whose } from './live-sessions';
import { visitDaemon, type Visit } from './visit';

export interface Patience {
  /** How long to try, in `ms` */
  readonly forMs: number;
  readonly everyMs: number;
}

export const usualPatience: Patience = { forMs: 5000, everyMs: 50 };

/** For visitors that come while it starts. @throws ContractError `notReady` when it still isn't there */
export async function patientVisit(
  socket: string,
  whose: Whose,
  shows: readonly string[],
  { forMs, everyMs }: Patience = usualPatience,
): Promise<Visit> {
  const until = performance.now() + forMs;
  for (;;) {
    try {
      return await visitDaemon(socket, whose, shows);
    } catch (error) {
      const { code } = toContractError(error);
      if (code !== 'notReady' || performance.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  }
}

/** It outlives its starter. If two are started, the socket decides which one stays. */
export function spawnDaemon([program, ...words]: readonly string[], socket: string, lingerMs: number): void {
  if (program === undefined) throw new ContractError('invalidInput', 'There is no program to start.');
  const daemonWords = [...words, 'daemon', '--socket', socket, '--linger-ms', String(lingerMs)];
  const child = spawn(program, daemonWords, { detached: true, stdio: 'ignore' });
  // The visit that follows reports that it isn't there.
  child.on('error', () => undefined);
  child.unref();
}
