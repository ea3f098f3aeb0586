/** The host's first message: settings, providers and models, made up. */
import type { Provider } from '../../../schema/providers';
import type { Snapshot } from '../../../schema/snapshot';
import { fakeHome } from './folders';

const provider = (name: string, label: string, baseUrl: string, models: readonly string[]): Provider => ({
  name,
  label,
  baseUrl,
  api: name === 'anthropic' ? 'anthropic-messages' : name === 'google' ? 'google-generative-ai' : 'openai-completions',
  models: models.map((id) => ({ id, name: id })),
  hasKey: name === 'anthropic',
  kind: name === 'tour' ? 'tour' : 'known',
});

export const fakeSnapshot: Omit<Snapshot, 'seq' | 'tasks'> = {
  app: {
    version: '0.1.0',
    shell: 'browser',
    platform: 'linux',
    home: fakeHome,
    stateFolder: `${fakeHome}/.local/share/piwork`,
    keyStorage: 'Keys are stored in a file that only you can read. They never enter the virtual machine.',
    canPickFolder: false,
  },
  vm: { kind: 'stopped' },
  setAside: [],
  providers: [
    provider('tour', 'Tour', 'built in', ['tour']),
    provider('anthropic', 'Anthropic', 'https://api.anthropic.com', ['claude-opus-4', 'claude-sonnet-4']),
    provider('openai', 'OpenAI', 'https://api.openai.com/v1', ['gpt-5', 'gpt-5-mini']),
    provider('google', 'Google', 'https://generativelanguage.googleapis.com', ['gemini-3-pro']),
    provider('openrouter', 'OpenRouter', 'https://openrouter.ai/api/v1', ['auto']),
  ],
  models: [
    { ref: 'tour/tour', name: 'Tour (built in, offline)' },
    { ref: 'anthropic/claude-opus-4', name: 'Claude Opus 4', contextWindow: 200_000 },
    { ref: 'anthropic/claude-sonnet-4', name: 'Claude Sonnet 4', contextWindow: 200_000 },
  ],
  settings: {
    theme: 'system',
    defaultModel: 'tour/tour',
    asksBeforeChange: false,
    approvalTimeoutSeconds: 120,
    keepUpToMb: 256,
    growUpToGb: 20,
  },
  approvals: [],
  grants: [],
};
