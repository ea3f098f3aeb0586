/** Providers and gateway as one: what the person configured reaches the gateway, and only it sees the keys. */
import type { Provider } from '../schema/app-api';
import type { Model, PiConfig } from '../schema/taskd-api';
import { Listeners } from '../schema/transport';
import { startGateway, type GatewayHost } from './gateway/gateway-host';
import type { KeyStore } from './providers/key-store';
import { Providers, type ProviderChange } from './providers/providers';
import type { SetAside } from './state-files/read-state-file';
import type { StateFolder } from './settings/state-folder';

export interface ModelsOptions {
  readonly state: StateFolder;
  readonly workerFile: string;
  readonly keys: KeyStore;
  readonly log: (line: string) => void;
}

export class Models {
  readonly changed = new Listeners<undefined>();
  #gateway: Promise<GatewayHost> | null = null;

  constructor(
    private readonly options: ModelsOptions,
    private readonly own: Providers,
  ) {
    own.onChange(() => {
      this.changed.emit(undefined);
      void this.#gateway?.then((gateway) => gateway.setProviders(own.gatewayProviders())).catch(this.#report);
    });
  }

  get providers(): Provider[] {
    return this.own.list();
  }

  get list(): Model[] {
    return this.own.models();
  }

  get setAside(): readonly SetAside[] {
    return this.own.setAside;
  }

  /** What pi in the guest is told of them */
  get piConfig(): PiConfig {
    return this.own.piConfig;
  }

  /** How keys are kept, and what the person should know about it now */
  get keyStorage(): string {
    const { description, warning } = this.options.keys;
    return warning === null ? description : `${description} ${warning}`;
  }

  /** @throws RpcError `NOT_FOUND` with the names that are near */
  resolve(typed: string): string {
    return this.own.resolveModel(typed);
  }

  save(change: ProviderChange): Promise<void> {
    return this.own.save(change);
  }

  remove(name: string): Promise<void> {
    return this.own.remove(name);
  }

  async test(name: string): Promise<{ ok: boolean; problem: string | null; durationMs: number }> {
    const { ok, problem, durationMs } = await this.own.test(name);
    return { ok, problem, durationMs };
  }

  /** Opens the gateway, if it is not open, for the tasks of one start of the VM; answers with its port. */
  async useKey(key: string): Promise<number> {
    this.#gateway ??= this.#open();
    const gateway = await this.#gateway;
    await gateway.setKey(key);
    return gateway.port;
  }

  async dispose(): Promise<void> {
    const gateway = await this.#gateway?.catch(() => null);
    await gateway?.stop();
  }

  async #open(): Promise<GatewayHost> {
    try {
      const { state, workerFile } = this.options;
      const gateway = await startGateway({ workerFile, stateFolder: state.root, tourPace: 1 });
      gateway.onLog(this.options.log);
      gateway.onClose(() => (this.#gateway = null));
      await gateway.setProviders(this.own.gatewayProviders());
      return gateway;
    } catch (error) {
      this.#gateway = null;
      throw error;
    }
  }

  readonly #report = (error: unknown): void =>
    this.options.log(`the gateway was not told of a change: ${String(error)}`);
}

/** Reads the person's providers. */
export async function openModels(options: ModelsOptions): Promise<Models> {
  return new Models(options, await Providers.open({ stateFolder: options.state.root, keys: options.keys }));
}
