/**
 * The providers that pi knows by itself, and the tour. The model lists are a selection; pi's own catalogue is longer.
 */
import type { ProviderApi } from '../../schema/providers';

export interface ProviderModel {
  readonly id: string;
  readonly name: string;
  /** In tokens */
  readonly contextWindow?: number;
}

export interface KnownProvider {
  readonly name: string;
  readonly label: string;
  readonly baseUrl: string;
  /** The API through which its key is sent */
  readonly api: ProviderApi;
  /** Every API that pi's catalogue uses with it */
  readonly apis: readonly ProviderApi[];
  readonly models: readonly ProviderModel[];
  /** How the ids of its models begin, so that a model can be named without its provider */
  readonly modelPrefix?: RegExp;
}

export const tourProvider: KnownProvider = {
  name: 'tour',
  label: 'Tour',
  baseUrl: 'built in',
  api: 'openai-completions',
  apis: ['openai-completions'],
  models: [{ id: 'tour', name: 'Tour (built in, offline)', contextWindow: 128_000 }],
};

export const knownProviders: readonly KnownProvider[] = [
  {
    name: 'anthropic',
    label: 'Anthropic',
    baseUrl: 'https://api.anthropic.com',
    api: 'anthropic-messages',
    apis: ['anthropic-messages'],
    models: [
      { id: 'claude-sonnet-5-5', name: 'Claude Sonnet 5.5', contextWindow: 1_000_000 },
      { id: 'claude-opus-5-5', name: 'Claude Opus 5.5', contextWindow: 1_000_000 },
      { id: 'claude-haiku-5-5', name: 'Claude Haiku 5.5', contextWindow: 1_000_000 },
    ],
    modelPrefix: /^claude-/,
  },
  {
    name: 'openai',
    label: 'OpenAI',
    baseUrl: 'https://api.openai.com/v1',
    api: 'openai-responses',
    apis: ['openai-responses', 'openai-completions'],
    models: [
      { id: 'gpt-6.1-sol', name: 'GPT-6.1 Sol', contextWindow: 272_000 },
      { id: 'gpt-6.1-terra', name: 'GPT-6.1 Terra', contextWindow: 272_000 },
      { id: 'gpt-6-luna', name: 'GPT-6 Luna', contextWindow: 272_000 },
    ],
    modelPrefix: /^(?:gpt-|o\d)/,
  },
  {
    name: 'google',
    label: 'Google',
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta',
    api: 'google-generative-ai',
    apis: ['google-generative-ai'],
    models: [
      { id: 'gemini-4-argon', name: 'Gemini 4 Argon', contextWindow: 1_048_576 },
      { id: 'gemini-3.8-flash', name: 'Gemini 3.8 Flash', contextWindow: 1_048_576 },
    ],
    modelPrefix: /^gemini-/,
  },
  {
    name: 'openrouter',
    label: 'OpenRouter',
    baseUrl: 'https://openrouter.ai/api/v1',
    api: 'openai-completions',
    apis: ['openai-completions', 'anthropic-messages'],
    models: [
      { id: 'anthropic/claude-sonnet-5.5', name: 'Claude Sonnet 5.5', contextWindow: 1_000_000 },
      { id: 'openai/gpt-6.1-sol', name: 'GPT-6.1 Sol', contextWindow: 1_050_000 },
      { id: 'google/gemini-3.8-flash', name: 'Gemini 3.8 Flash', contextWindow: 1_048_576 },
      { id: 'deepseek/deepseek-v4.1-flash', name: 'DeepSeek V4.1 Flash', contextWindow: 1_048_576 },
      { id: 'qwen/qwen3.8-27b', name: 'Qwen3.8 27B', contextWindow: 262_144 },
    ],
  },
];
