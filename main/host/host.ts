/**
 * A host: one set of services on one state folder, for any number of shells.
 *
 * It imports no shell. `startHost` creates it; after `dispose`, none of its processes is left.
 */
import { rm } from 'node:fs/promises';
import type { Server } from 'node:net';
import { join } from 'node:path';
import { appApi, type AppApi } from '../../schema/app-api';
import type { AppInfo } from '../../schema/snapshot';
import { serve, type Served } from '../../schema/rpc-server';
import type { Disposable, Transport } from '../../schema/transport';
import { releaseStateFolder } from '../running-host/host-record';
import { serveLocally } from '../running-host/local-server';
import { followGuest, type GuestEvents } from './guest-events';
import { createAppHandlers, type ShellAbilities } from './handlers';
import { relayEvents } from './relay';
import type { Services } from './services';
import { keepUp } from './upkeep';

export class Host {
  readonly #connections = new Set<Served<AppApi>>();
  readonly #relay: Disposable;
  readonly #upkeep: Disposable;
  readonly #guest: GuestEvents;
  #localServer: Server | null = null;
  #end: Promise<void> | null = null;

  /** `runFolder` contains the sockets of this run and is removed at the end. */
  constructor(
    readonly services: Services,
    readonly runFolder: string,
  ) {
    this.#relay = relayEvents(services, (event) => {
      for (const connection of this.#connections) connection.emit(event);
    });
    this.#upkeep = keepUp({
      services,
      now: Date.now,
      setTimer: (ms, onDue) => {
        const timer = setTimeout(onDue, ms);
        timer.unref();
        return { dispose: () => clearTimeout(timer) };
      },
    });
    this.#guest = followGuest(services);
  }

  /** Serves `app-api` on one transport until it closes. */
  accept(transport: Transport, shell: AppInfo['shell'], abilities: ShellAbilities = {}): void {
    // The handlers are called only after `serve` has returned.
    const handlers = createAppHandlers(this.services, { shell, abilities, lastSeq: () => served.lastSeq });
    const served: Served<AppApi> = serve(appApi, handlers, transport, {
      onUnexpected: (error, type) =>
        this.services.log.write('host', `${type}: ${error instanceof Error ? error.stack : String(error)}`),
      onRefused: ({ code, message, details }, type) => {
        if (details === undefined) return;
        this.services.log.write('host', `${type}: ${code}: ${message} ${JSON.stringify(details)}`);
      },
    });
    this.#connections.add(served);
    served.onClose(() => this.#connections.delete(served));
  }

  /** Serves `app-api` to terminals of the same user, with what the running shell can do for them. */
  async listen(abilities: Pick<ShellAbilities, 'pageAddress' | 'quit'>): Promise<void> {
    this.#localServer = await serveLocally(join(this.runFolder, 'host.sock'), (transport) =>
      this.accept(transport, 'terminal', abilities),
    );
  }

  /** The last resort when a process ends without waiting. */
  killNow(): void {
    this.services.vm.killNow();
  }

  /** Ends everything that the host started. A second call joins the first. */
  dispose(): Promise<void> {
    this.#end ??= this.#dispose();
    return this.#end;
  }

  async #dispose(): Promise<void> {
    const { vm, gateway, files, approvals, log, state } = this.services;
    // From now on, the VM ends on purpose.
    this.#upkeep.dispose();
    try {
      await vm.dispose();
      await this.#guest.settled();
    } finally {
      this.#guest.dispose();
      await gateway.stop();
      await files.stop();
      await approvals.close();
      this.#localServer?.close();
      for (const connection of this.#connections) connection.dispose();
      this.#relay.dispose();
      await log.flush();
      await rm(this.runFolder, { recursive: true, force: true });
      await releaseStateFolder(state.hostFile);
    }
  }
}
