/** Providers and settings. */
import { RpcError } from '../../../schema/errors';
import type { FakeHost } from './fake-host';
import { nothing, type Some } from './some';

/** Handlers for providers and settings. */
export function settingHandlers(host: FakeHost): Some<'provider'> & Some<'settings'> {
  const changeProviders = (providers: typeof host.snapshot.providers): void => {
    host.snapshot = { ...host.snapshot, providers };
    host.emit({ event: 'models.changed', payload: { providers, models: host.snapshot.models } });
  };
  return {
    'provider.save': ({ name, key, baseUrl, api, models }) => {
      const { providers } = host.snapshot;
      const before = providers.find((provider) => provider.name === name);
      if (!before && baseUrl === undefined) throw new RpcError('INVALID_REQUEST', 'A new provider needs a base URL.');
      const after = {
        name,
        label: before?.label ?? name,
        baseUrl: baseUrl ?? before?.baseUrl ?? '',
        api: api ?? before?.api ?? ('openai-completions' as const),
        models: models?.map((id) => ({ id, name: id })) ?? before?.models ?? [],
        hasKey: key === undefined ? (before?.hasKey ?? false) : key !== null,
        kind: before?.kind ?? ('custom' as const),
      };
      changeProviders(
        before ? providers.map((provider) => (provider === before ? after : provider)) : [...providers, after],
      );
      return nothing();
    },
    'provider.remove': ({ name }) => {
      changeProviders(host.snapshot.providers.filter((provider) => provider.name !== name));
      return nothing();
    },
    'provider.test': ({ name }) => {
      const isKnown = host.snapshot.providers.some((provider) => provider.name === name && provider.hasKey);
      return Promise.resolve({
        ok: isKnown,
        problem: isKnown
          ? null
          : "The provider rejected the key (HTTP 401). Copy it again from the provider's website.",
        durationMs: 412,
      });
    },
    'settings.update': (change) => {
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      host.snapshot = { ...host.snapshot, settings: { ...host.snapshot.settings, ...given } };
      host.emit({ event: 'settings.changed', payload: host.snapshot.settings });
      return nothing();
    },
  };
}
