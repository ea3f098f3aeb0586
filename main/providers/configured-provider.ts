/** A provider with the person's own settings applied: the form that gateway, pi and page are configured from. */
import { RpcError } from '../../schema/errors';
import type { ProviderApi } from '../../schema/providers';
import { knownProviders, tourProvider, type KnownProvider, type ProviderModel } from './known-providers';
import type { StoredProvider } from './stored-provider';

export interface ConfiguredProvider {
  readonly name: string;
  readonly label: string;
  readonly baseUrl: string;
  readonly api: ProviderApi;
  readonly apis: readonly ProviderApi[];
  readonly models: readonly ProviderModel[];
  readonly kind: 'tour' | 'known' | 'custom';
  /** Models that may be missing from pi's catalogue: all of a custom provider's, the person's own of a known one */
  readonly ownModels: readonly ProviderModel[];
}

const asModel = (id: string): ProviderModel => ({ id, name: id });

const fromKnown = (known: KnownProvider, stored: StoredProvider | undefined): ConfiguredProvider => {
  const listed = new Set(known.models.map(({ id }) => id));
  const ownModels = (stored?.models ?? []).filter((id) => !listed.has(id)).map(asModel);
  return {
    name: known.name,
    label: known.label,
    baseUrl: stored?.baseUrl ?? known.baseUrl,
    api: known.api,
    apis: known.apis,
    models: [...known.models, ...ownModels],
    kind: known === tourProvider ? 'tour' : 'known',
    ownModels,
  };
};

const fromCustom = ({ name, baseUrl, api = 'openai-completions', models = [] }: StoredProvider): ConfiguredProvider => {
  if (baseUrl === undefined) throw new RpcError('INVALID_REQUEST', `The provider ${name} has no base URL.`);
  const own = models.map(asModel);
  return { name, label: name, baseUrl, api, apis: [api], models: own, kind: 'custom', ownModels: own };
};

/** All providers: the tour, the known ones, then custom ones by name. */
export function configureProviders(stored: readonly StoredProvider[]): readonly ConfiguredProvider[] {
  const builtIn = [tourProvider, ...knownProviders];
  const isCustom = ({ name }: StoredProvider): boolean => !builtIn.some((known) => known.name === name);
  return [
    ...builtIn.map((known) =>
      fromKnown(
        known,
        stored.find(({ name }) => name === known.name),
      ),
    ),
    ...stored
      .filter(isCustom)
      .sort((a, b) => a.name.localeCompare(b.name))
      .map(fromCustom),
  ];
}
