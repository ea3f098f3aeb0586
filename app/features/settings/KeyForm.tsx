import { useState } from 'react';
import type { Provider } from '../../../schema/providers';
import { useApp } from '../state/app-context';
import { Button } from '../../ui/Button';
import { Field } from '../../ui/Field';
import { saveProvider } from './provider-actions';
import { ProviderTest } from './ProviderTest';

/** The key of a known provider. It is sent to the host and forgotten here. */
export function KeyForm({ provider }: { readonly provider: Provider }) {
  const app = useApp();
  const [key, setKey] = useState('');
  const [problem, setProblem] = useState<string | null>(null);

  const save = async (value: string | null): Promise<void> => {
    const failure = await saveProvider(app, { name: provider.name, key: value });
    setProblem(failure);
    if (failure === null) setKey('');
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (key.trim() !== '') void save(key.trim());
      }}
    >
      <Field
        label={`${provider.label} key`}
        type="password"
        value={key}
        problem={problem}
        placeholder={provider.hasKey ? 'A key is saved. Enter a new one to replace it.' : 'Paste your key'}
        onChange={(event) => setKey(event.target.value)}
        trailing={
          <Button kind="solid" type="submit" disabled={key.trim() === ''}>
            Save key
          </Button>
        }
      />
      {provider.hasKey && (
        <div className="mt-3 flex flex-wrap items-center gap-2">
          <ProviderTest name={provider.name} />
          <Button kind="danger" onClick={() => void save(null)}>
            Remove key
          </Button>
        </div>
      )}
    </form>
  );
}
