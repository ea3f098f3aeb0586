import { Plus, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { useAppState } from '../state/app-context';
import { Button } from '../../ui/Button';
import { CustomProviderForm } from './CustomProviderForm';
import { ProviderRow } from './ProviderRow';

/** Providers with their keys, and the form for a custom one. */
export function ModelsPage() {
  const providers = useAppState((state) => state.host.snapshot?.providers) ?? [];
  const keyStorage = useAppState((state) => state.host.snapshot?.app.keyStorage ?? '');
  const [isAdding, setIsAdding] = useState(false);
  return (
    <div className="px-6 py-5">
      <p className="flex items-start gap-2.5 rounded-card bg-accent-soft px-3.5 py-2.5 text-base">
        <ShieldCheck aria-hidden size={16} className="mt-0.5 shrink-0 text-accent" />
        {keyStorage}
      </p>
      <ul className="mt-4 overflow-hidden rounded-card border border-line">
        {providers.map((provider) => (
          <ProviderRow key={provider.name} provider={provider} />
        ))}
      </ul>
      {isAdding ? (
        <section aria-label="New provider" className="mt-4 rounded-card border border-line p-4">
          <h3 className="text-base font-semibold">New provider</h3>
          <p className="mb-3 text-small text-soft">
            Your own server or a local model: anything with one of these APIs.
          </p>
          <CustomProviderForm taken={providers.map(({ name }) => name)} onDone={() => setIsAdding(false)} />
        </section>
      ) : (
        <Button className="mt-4" onClick={() => setIsAdding(true)}>
          <Plus aria-hidden size={15} />
          Add provider
        </Button>
      )}
    </div>
  );
}
