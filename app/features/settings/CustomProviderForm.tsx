import { useId, useState } from 'react';
import type { Provider, ProviderApi } from '../../../schema/providers';
import { useApp } from '../state/app-context';
import { Button } from '../../ui/Button';
import { classes } from '../../ui/classes';
import { Field, inputClass } from '../../ui/Field';
import {
  apiLabels,
  emptyForm,
  formOf,
  formProblems,
  modelIds,
  presets,
  type CustomForm,
} from './CustomProviderForm.logic';
import { removeProvider, saveProvider } from './provider-actions';
import { ProviderTest } from './ProviderTest';

export interface CustomProviderFormProps {
  /** Absent for a new one */
  readonly provider?: Provider;
  /** Names that a new one cannot have */
  readonly taken: readonly string[];
  readonly onDone: () => void;
}

/** A custom provider: its address, API, models, and a key if it needs one. */
export function CustomProviderForm({ provider, taken, onDone }: CustomProviderFormProps) {
  const app = useApp();
  const [form, setForm] = useState<CustomForm>(provider ? formOf(provider) : emptyForm);
  const [isTried, setIsTried] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const edit = (change: Partial<CustomForm>): void => setForm({ ...form, ...change });
  const found = formProblems(form, taken);
  const problems = isTried ? found : {};

  const save = async (): Promise<void> => {
    setIsTried(true);
    if (Object.keys(found).length > 0) return;
    const saved = await saveProvider(app, {
      name: form.name,
      baseUrl: form.baseUrl.trim(),
      api: form.api,
      models: [...modelIds(form.models)],
      ...(form.key.trim() === '' ? {} : { key: form.key.trim() }),
    });
    setFailure(saved);
    if (saved === null) onDone();
  };
  const remove = async (): Promise<void> => setFailure(await removeProvider(app, form.name));

  return (
    <form
      className="space-y-3"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {!provider && (
        <div role="group" aria-label="Local servers" className="flex flex-wrap gap-2">
          {presets.map(({ label, name, baseUrl }) => (
            <Button key={name} onClick={() => edit({ name, baseUrl })}>
              {label}
            </Button>
          ))}
        </div>
      )}
      {!provider && (
        <Field
          label="Name"
          value={form.name}
          problem={problems.name}
          placeholder="my-server"
          onChange={(event) => edit({ name: event.target.value })}
        />
      )}
      <Field
        label="Base URL"
        value={form.baseUrl}
        problem={problems.baseUrl}
        placeholder="http://127.0.0.1:11434/v1"
        onChange={(event) => edit({ baseUrl: event.target.value })}
      />
      <ApiField value={form.api} onChange={(api) => edit({ api })} />
      <Field
        label="Models"
        value={form.models}
        problem={problems.models}
        hint="The server's names for them, separated by commas."
        placeholder="qwen3-coder, llama-3.3-70b"
        onChange={(event) => edit({ models: event.target.value })}
      />
      <Field
        label="Key"
        type="password"
        value={form.key}
        placeholder={
          provider?.hasKey ? 'A key is saved. Enter a new one to replace it.' : 'Leave empty if the server needs none'
        }
        onChange={(event) => edit({ key: event.target.value })}
      />
      {failure !== null && (
        <p role="alert" className="text-base text-danger">
          {failure}
        </p>
      )}
      <div className="flex flex-wrap items-center gap-2 pt-1">
        <Button kind="solid" type="submit">
          Save provider
        </Button>
        {provider ? (
          <>
            <ProviderTest name={provider.name} />
            <Button kind="danger" onClick={() => void remove()}>
              Remove provider
            </Button>
          </>
        ) : (
          <Button kind="ghost" onClick={onDone}>
            Cancel
          </Button>
        )}
      </div>
    </form>
  );
}

interface ApiFieldProps {
  readonly value: ProviderApi;
  readonly onChange: (api: ProviderApi) => void;
}

function ApiField({ value, onChange }: ApiFieldProps) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-base font-medium">
        API
      </label>
      <select
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value as ProviderApi)}
        className={classes(inputClass, 'pr-8')}
      >
        {Object.entries(apiLabels).map(([api, label]) => (
          <option key={api} value={api}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}
