/** The person's model providers: which exist, their keys, and what gateway, pi and page learn about them. */
import type { z } from 'zod';
import { RpcError } from '../../schema/errors';
import type { appApi } from '../../schema/app-api';
import type { Provider } from '../../schema/providers';
import type { Model, PiConfig } from '../../schema/taskd-api';
import { Listeners, type Disposable } from '../../schema/transport';
import type { GatewayProvider, ProviderTest, ProviderTestResult } from '../../schema/gateway-api';
import { checkBaseUrl } from './base-url';
import { configureProviders, type ConfiguredProvider } from './configured-provider';
import type { KeyStore } from './key-store';
import { piConfig } from './pi-config';
import { ProviderStore } from './provider-store';
import type { SetAside } from '../state-files/read-state-file';
import { resolveModel } from './resolve-model';
import type { StoredProvider } from './stored-provider';

export type ProviderChange = z.output<(typeof appApi)['methods']['provider.save']['params']>;

export interface ProvidersOptions {
  readonly stateFolder: string;
  readonly keys: KeyStore;
  /** Makes the gateway ask a provider, with the key */
  readonly ask: (question: ProviderTest) => Promise<ProviderTestResult>;
  readonly now?: () => number;
}

const invalid = (message: string): RpcError => new RpcError('INVALID_REQUEST', message);

/** A key must be one word of plain characters to be sent. */
function checkKey(text: string): string {
  const key = text.trim();
  if (!/^[\x21-\x7e]{1,4096}$/.test(key)) {
    throw invalid('A key is one word of plain letters, digits and signs. Copy it again, without line breaks.');
  }
  return key;
}

export class Providers {
  readonly #options: ProvidersOptions;
  readonly #store: ProviderStore;
  readonly #changes = new Listeners<undefined>();

  private constructor(options: ProvidersOptions, store: ProviderStore) {
    this.#options = options;
    this.#store = store;
  }

  /** Reads the state folder. */
  static async open(options: ProvidersOptions): Promise<Providers> {
    return new Providers(options, await ProviderStore.open(options.stateFolder, options.now));
  }

  /** The configuration for pi in the guest. */
  get piConfig(): PiConfig {
    return piConfig(this.#configured);
  }

  /** The providers file that couldn't be read at the start. */
  get setAside(): readonly SetAside[] {
    return this.#store.setAside ? [this.#store.setAside] : [];
  }

  /** Called after every change of a provider or key. */
  onChange(listener: () => void): Disposable {
    return this.#changes.add(listener);
  }

  /** All providers as the page shows them, without keys. */
  list(): Provider[] {
    return this.#configured.map(({ name, label, baseUrl, api, kind, models }) => ({
      name,
      label,
      baseUrl,
      api,
      models: models.map((model) => ({ id: model.id, name: model.name })),
      hasKey: this.#options.keys.has(name),
      kind,
    }));
  }

  /** The models that can be used now: the tour, custom providers, and known ones with a key. */
  models(): Model[] {
    return this.#configured
      .filter(({ name, kind }) => kind !== 'known' || this.#options.keys.has(name))
      .flatMap(({ name, models }) =>
        models.map((model) => ({
          ref: `${name}/${model.id}`,
          name: model.name,
          ...(model.contextWindow !== undefined && { contextWindow: model.contextWindow }),
        })),
      );
  }

  /** What the gateway needs, including keys: pass it to nothing else. */
  gatewayProviders(): GatewayProvider[] {
    return this.#configured
      .filter(({ kind }) => kind !== 'tour')
      .map(({ name, label, baseUrl, api, apis, kind }) => ({
        name,
        label,
        baseUrl,
        api,
        apis: [...apis],
        key: this.#options.keys.get(name),
        needsKey: kind === 'known',
      }));
  }

  /**
   * The `provider/id` of a model that a person typed.
   * @throws RpcError `NOT_FOUND` with similar names
   */
  resolveModel(text: string): string {
    return resolveModel(text, this.#configured);
  }

  /**
   * Adds a provider or changes one. A key of `null` is removed; an absent one is kept.
   * @throws RpcError `INVALID_REQUEST`
   */
  async save(change: ProviderChange): Promise<void> {
    if (change.name === 'tour') throw invalid('The tour is built in and has nothing to set up.');
    const key = typeof change.key === 'string' ? checkKey(change.key) : change.key;
    const { kind, stored } = this.#changed(change);
    if (kind === 'custom' || stored.baseUrl !== undefined || stored.models !== undefined)
      await this.#store.save(stored);
    if (key === null) await this.#options.keys.remove(change.name);
    else if (key !== undefined) await this.#options.keys.set(change.name, key);
    this.#changes.emit(undefined);
  }

  /** Removes a custom provider, or resets a known one; its key is removed too. Throws `NOT_FOUND`. */
  async remove(name: string): Promise<void> {
    if (this.#find(name).kind === 'tour') throw invalid("The tour is built in and can't be removed.");
    await this.#store.remove(name);
    await this.#options.keys.remove(name);
    this.#changes.emit(undefined);
  }

  /** Asks the provider for one short answer with its first model. Throws `NOT_FOUND` for an unknown name. */
  async test(name: string, model?: string): Promise<ProviderTestResult> {
    const { label, baseUrl, api, kind, models } = this.#find(name);
    const key = this.#options.keys.get(name);
    if (kind === 'tour') return { ok: true, cause: null, problem: null, durationMs: 0 };
    if (kind === 'known' && key === null) {
      return { ok: false, cause: 'no_key', problem: `There is no key for ${label}. Enter one.`, durationMs: 0 };
    }
    return this.#options.ask({ label, baseUrl, api, key, model: model ?? models[0]?.id ?? '' });
  }

  get #configured(): readonly ConfiguredProvider[] {
    return configureProviders(this.#store.providers);
  }

  #find(name: string): ConfiguredProvider {
    const found = this.#configured.find((provider) => provider.name === name);
    if (found) return found;
    const names = this.#configured.map((provider) => provider.name).join(', ');
    throw new RpcError('NOT_FOUND', `There is no provider ${name}. Choose one of ${names}.`);
  }

  /** What a change would store, after checking it. */
  #changed({ name, baseUrl, api, models }: ProviderChange): { kind: 'known' | 'custom'; stored: StoredProvider } {
    const before = this.#store.providers.find((stored) => stored.name === name);
    const isKnown = this.#configured.some((provider) => provider.name === name && provider.kind === 'known');
    const url = baseUrl === undefined ? before?.baseUrl : checkBaseUrl(baseUrl);
    const ids = models ?? before?.models;
    if (isKnown && api !== undefined) throw invalid(`Piwork already knows the API of ${name}; it can't be changed.`);
    if (!isKnown && url === undefined)
      throw invalid(`Enter the base URL of ${name}, such as http://localhost:11434/v1.`);
    if (!isKnown && (ids ?? []).length === 0) throw invalid(`Name at least one model of ${name}.`);
    const kept = api ?? before?.api ?? (isKnown ? undefined : 'openai-completions');
    return {
      kind: isKnown ? 'known' : 'custom',
      stored: {
        name,
        ...(url !== undefined && { baseUrl: url }),
        ...(kept !== undefined && { api: kept }),
        ...(ids !== undefined && { models: [...new Set(ids.map((id) => id.trim()).filter((id) => id !== ''))] }),
      },
    };
  }
}
