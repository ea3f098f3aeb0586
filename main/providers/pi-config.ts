/** The provider configuration for pi in the guest: addresses at the gateway and the name of its token. Never a key. */
import type { PiConfig } from '../../schema/taskd-api';
import type { ConfiguredProvider } from './configured-provider';
import type { ProviderModel } from './known-providers';

/** Where a task's sandbox reaches the gateway; taskd relays it. */
const guestGatewayUrl = 'http://127.0.0.1:8317';

/** pi reads the token from its environment at each request. */
const tokenReference = '$PIWORK_TOKEN';

/** Behind the gateway, pi can't see whose server answers, and assumes OpenAI's own. Compatible servers support less. */
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
  // For a known provider only the address is replaced: pi's catalogue knows its models better than our list.
  if (kind === 'known') return { ...address, ...(ownModels.length > 0 && { models: ownModels.map(piModel) }) };
  return {
    name: label,
    ...address,
    api,
    ...(api === 'openai-completions' && { compat: compatibleServer }),
    models: models.map(piModel),
  };
}

/** pi's `models.json`. Includes providers without a key, so that adding a key needs no restart of pi. */
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
  // Between runs, pi would spend the person's money on keeping caches warm.
  cacheWarming: 'streaming',
});

/** Both files as they are sent to the guest. */
export const piConfig = (providers: readonly ConfiguredProvider[]): PiConfig => ({
  models: JSON.stringify(piModels(providers)),
  settings: JSON.stringify(piSettings()),
});
