/** What pi in the guest is told of providers: addresses at the gateway and the name of its token. Never a key. */
import type { PiConfig } from '../../schema/taskd-api';
import type { ConfiguredProvider } from './configured-provider';
import type { ProviderModel } from './known-providers';

/** Where a task's sandbox reaches the gateway; taskd relays it. */
export const guestGatewayUrl = 'http://127.0.0.1:8317';

/** pi reads the token from its environment at each request. */
const tokenReference = '$PIWORK_TOKEN';

/**
 * Behind the gateway pi cannot see whose server answers, and takes it for OpenAI's own. Servers that are merely
 * compatible with it know less.
 */
const compatibleServer = {
  supportsDeveloperRole: false,
  supportsReasoningEffort: false,
  supportsStore: false,
  maxTokensField: 'max_tokens',
};

const piModel = ({ id, name, contextWindow }: ProviderModel) => ({
  id,
  name,
  ...(contextWindow !== undefined && { contextWindow }),
});

function piProvider({ name, label, api, kind, ownModels, models }: ConfiguredProvider, gatewayUrl: string): object {
  const address = { baseUrl: `${gatewayUrl}/${name}${kind === 'tour' ? '/v1' : ''}`, apiKey: tokenReference };
  // Only the address of a known provider is replaced: pi's catalogue knows its models better than a list of ours.
  if (kind === 'known') return { ...address, ...(ownModels.length > 0 && { models: ownModels.map(piModel) }) };
  return {
    name: label,
    ...address,
    api,
    ...(api === 'openai-completions' && { compat: compatibleServer }),
    models: models.map(piModel),
  };
}

/** pi's `models.json`. Providers without a key are in it too, so that adding a key needs no restart of pi. */
export const piModels = (providers: readonly ConfiguredProvider[], gatewayUrl = guestGatewayUrl) => ({
  providers: Object.fromEntries(providers.map((provider) => [provider.name, piProvider(provider, gatewayUrl)])),
});

/** pi's `settings.json`. */
export const piSettings = () => ({
  defaultProvider: 'tour',
  defaultModel: 'tour',
  defaultProjectTrust: 'never',
  enableInstallTelemetry: false,
  enableAnalytics: false,
  quietStartup: true,
  // The gateway speaks plain HTTP only.
  transport: 'sse',
  // Between runs pi would spend the person's money on keeping caches warm.
  cacheWarming: 'streaming',
});

/** Both files as the guest is told them. */
export const piConfig = (providers: readonly ConfiguredProvider[]): PiConfig => ({
  models: JSON.stringify(piModels(providers)),
  settings: JSON.stringify(piSettings()),
});
