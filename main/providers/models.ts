/**
 * Providers and gateway together: the person's configuration reaches the gateway, and only the gateway sees the keys.
 */
import type { Provider } from '../../schema/providers';
import type { Model, PiConfig } from '../../schema/taskd-api';
import { Listeners } from '../../schema/transport';
import type { GatewayHost } from '../workers/gateway-host';
import type { KeyStore } from './key-store';
import { Providers, type ProviderChange } from './providers';
import type { SetAside } from '../state-files/read-state-file';

export interface ModelsOptions {
  readonly stateFolder: string;
  readonly gateway: Pick<GatewayHost, 'setProviders' | 'test'>;
  readonly keys: KeyStore;
  readonly log: (line: string) => void;
}

export class Models {
  readonly changed = new Listeners<undefined>();

  private constructor(
    private readonly options: ModelsOptions,
    private readonly own: Providers,
  ) {
    own.onChange(() => {
      this.changed.emit(undefined);
      this.#tellGateway();
    });
    this.#tellGateway();
  }

  /** Reads the person's providers. */
  static async open(options: ModelsOptions): Promise<Models> {
    const { stateFolder, keys, gateway } = options;
    const own = await Providers.open({ stateFolder, keys, ask: (question) => gateway.test(question) });
    return new Models(options, own);
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

  /** The provider configuration for pi in the guest */
  get piConfig(): PiConfig {
    return this.own.piConfig;
  }

  /** How keys are stored, and what the person should know about it now */
  get keyStorage(): string {
    const { description, warning } = this.options.keys;
    return warning === null ? description : `${description} ${warning}`;
  }

  /** @throws RpcError `NOT_FOUND` with similar names */
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

  #tellGateway(): void {
    const { gateway, log } = this.options;
    gateway
      .setProviders(this.own.gatewayProviders())
      .catch((error: unknown) => log(`couldn't send a change to the gateway: ${String(error)}`));
  }
}
