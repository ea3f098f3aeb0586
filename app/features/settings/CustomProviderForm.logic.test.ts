import { emptyForm, formOf, formProblems, modelIds } from './CustomProviderForm.logic';

const good = { ...emptyForm, name: 'my-server', baseUrl: 'http://127.0.0.1:11434/v1', models: 'a' };

test('a complete form has no problems', () => expect(formProblems(good, ['other'])).toEqual({}));

test('each problem is shown at its field', () => {
  expect(Object.keys(formProblems(emptyForm, []))).toEqual(['name', 'baseUrl', 'models']);
  expect(formProblems({ ...good, name: 'Other One' }, [])).toHaveProperty('name');
  expect(formProblems(good, ['my-server']).name).toMatch(/already/);
  expect(formProblems({ ...good, baseUrl: 'ftp://x' }, [])).toHaveProperty('baseUrl');
});

test('models are separated by commas or line breaks, without duplicates', () => {
  expect(modelIds(' a, b\nc,,a ')).toEqual(['a', 'b', 'c']);
});

test('a provider is edited as it is stored, without its key', () => {
  const provider = {
    name: 'my-server',
    label: 'My server',
    baseUrl: good.baseUrl,
    api: 'openai-completions' as const,
    models: [
      { id: 'a', name: 'A' },
      { id: 'b', name: 'B' },
    ],
    hasKey: true,
    kind: 'custom' as const,
  };
  expect(formOf(provider)).toEqual({ ...good, models: 'a, b', key: '' });
});
