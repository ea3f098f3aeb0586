import { configureProviders } from './configured-provider';
import { resolveModel } from './resolve-model';

const providers = configureProviders([
  { name: 'ollama', baseUrl: 'http://localhost:11434/v1', models: ['qwen2.5-coder:7b', 'org/model'] },
  { name: 'anthropic', models: ['claude-tomorrow'] },
]);

test.each([
  ['tour', 'tour/tour'],
  [' tour/tour ', 'tour/tour'],
  ['anthropic', 'anthropic/claude-sonnet-5-5'],
  ['claude-opus-5-5', 'anthropic/claude-opus-5-5'],
  ['claude-from-the-future', 'anthropic/claude-from-the-future'],
  ['claude-tomorrow', 'anthropic/claude-tomorrow'],
  ['anthropic/claude-from-the-future', 'anthropic/claude-from-the-future'],
  ['gpt-9', 'openai/gpt-9'],
  ['o3', 'openai/o3'],
  ['gemini-3.8-flash', 'google/gemini-3.8-flash'],
  ['qwen2.5-coder:7b', 'ollama/qwen2.5-coder:7b'],
  ['ollama/org/model', 'ollama/org/model'],
  ['openrouter/x-ai/grok-4.7', 'openrouter/x-ai/grok-4.7'],
  ['deepseek/deepseek-v4.1-flash', 'openrouter/deepseek/deepseek-v4.1-flash'],
])('%s means %s', (text, ref) => {
  expect(resolveModel(text, providers)).toBe(ref);
});

test.each([
  ['tuor', 'Did you mean tour/tour'],
  ['coder', 'Did you mean ollama/qwen2.5-coder:7b'],
  ['ollama/missing', 'There is no model ollama/missing.'],
  ['tour/other', 'Did you mean tour/tour'],
  ['', 'without a name'],
  ['wholly-unlike-any-name-of-a-model', 'Choose one of tour/tour,'],
])("%j isn't found: %s", (text, message) => {
  expect(() => resolveModel(text, providers)).toThrow(message);
});
