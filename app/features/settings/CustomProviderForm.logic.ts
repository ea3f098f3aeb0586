import { providerName, type Provider, type ProviderApi } from '../../../schema/providers';

/** The form of a custom provider, as typed. */
export interface CustomForm {
  readonly name: string;
  readonly baseUrl: string;
  readonly api: ProviderApi;
  /** Names, separated by commas or line breaks */
  readonly models: string;
  readonly key: string;
}

export const emptyForm: CustomForm = { name: '', baseUrl: '', api: 'openai-completions', models: '', key: '' };

export const formOf = (provider: Provider): CustomForm => ({
  name: provider.name,
  baseUrl: provider.baseUrl,
  api: provider.api,
  models: provider.models.map(({ id }) => id).join(', '),
  key: '',
});

export const apiLabels: Record<ProviderApi, string> = {
  'openai-completions': 'OpenAI chat completions (most servers)',
  'openai-responses': 'OpenAI responses',
  'anthropic-messages': 'Anthropic messages',
  'google-generative-ai': 'Google generative AI',
};

/** Local servers with their default addresses. */
export const presets: readonly (Pick<CustomForm, 'name' | 'baseUrl'> & { readonly label: string })[] = [
  { label: 'Ollama', name: 'ollama', baseUrl: 'http://127.0.0.1:11434/v1' },
  { label: 'LM Studio', name: 'lm-studio', baseUrl: 'http://127.0.0.1:1234/v1' },
  { label: 'llama.cpp', name: 'llama-cpp', baseUrl: 'http://127.0.0.1:8080/v1' },
];

export const modelIds = (models: string): readonly string[] => [
  ...new Set(
    models
      .split(/[,\n]/)
      .map((id) => id.trim())
      .filter((id) => id !== ''),
  ),
];

export interface FormProblems {
  readonly name?: string;
  readonly baseUrl?: string;
  readonly models?: string;
}

/** What is wrong with a form, by field; empty when it can be saved. */
export function formProblems(form: CustomForm, taken: readonly string[]): FormProblems {
  const isHttp = URL.canParse(form.baseUrl.trim()) && /^https?:$/.test(new URL(form.baseUrl.trim()).protocol);
  return {
    ...(providerName.safeParse(form.name).success ? {} : { name: 'Use lower-case letters, digits and dashes.' }),
    ...(taken.includes(form.name) ? { name: 'A provider with this name already exists.' } : {}),
    ...(isHttp ? {} : { baseUrl: 'Enter the full address, such as http://127.0.0.1:11434/v1.' }),
    ...(modelIds(form.models).length > 0 ? {} : { models: 'Enter at least one model name.' }),
  };
}
