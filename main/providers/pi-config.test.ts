import { configureProviders } from './configured-provider';
import { piModels, piSettings } from './pi-config';

const providers = configureProviders([
  { name: 'ollama', baseUrl: 'http://localhost:11434/v1', models: ['qwen2.5-coder:7b'] },
  { name: 'claude-proxy', baseUrl: 'https://proxy.example/v1', api: 'anthropic-messages', models: ['a'] },
  { name: 'openai', models: ['gpt-tomorrow', 'gpt-6-luna'] },
]);

test('pi gets addresses at the gateway and the name of the token', () => {
  expect(piModels(providers)).toEqual({
    providers: {
      tour: {
        name: 'Tour',
        baseUrl: 'http://127.0.0.1:8317/tour/v1',
        apiKey: '$PIWORK_TOKEN',
        api: 'openai-completions',
        compat: expect.objectContaining({ supportsDeveloperRole: false }) as object,
        models: [{ id: 'tour', name: 'Tour (built in, offline)', contextWindow: 128_000 }],
      },
      anthropic: { baseUrl: 'http://127.0.0.1:8317/anthropic', apiKey: '$PIWORK_TOKEN' },
      openai: {
        baseUrl: 'http://127.0.0.1:8317/openai',
        apiKey: '$PIWORK_TOKEN',
        models: [{ id: 'gpt-tomorrow', name: 'gpt-tomorrow' }],
      },
      google: { baseUrl: 'http://127.0.0.1:8317/google', apiKey: '$PIWORK_TOKEN' },
      openrouter: { baseUrl: 'http://127.0.0.1:8317/openrouter', apiKey: '$PIWORK_TOKEN' },
      'claude-proxy': {
        name: 'claude-proxy',
        baseUrl: 'http://127.0.0.1:8317/claude-proxy',
        apiKey: '$PIWORK_TOKEN',
        api: 'anthropic-messages',
        models: [{ id: 'a', name: 'a' }],
      },
      ollama: {
        name: 'ollama',
        baseUrl: 'http://127.0.0.1:8317/ollama',
        apiKey: '$PIWORK_TOKEN',
        api: 'openai-completions',
        compat: expect.objectContaining({ maxTokensField: 'max_tokens' }) as object,
        models: [{ id: 'qwen2.5-coder:7b', name: 'qwen2.5-coder:7b' }],
      },
    },
  });
});

test('pi starts with the tour, sends no telemetry, and trusts no project', () => {
  expect(piSettings()).toMatchObject({
    defaultProvider: 'tour',
    defaultModel: 'tour',
    defaultProjectTrust: 'never',
    enableInstallTelemetry: false,
    quietStartup: true,
  });
});
