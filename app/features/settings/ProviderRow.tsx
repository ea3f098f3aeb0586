import { Check, ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import type { Provider } from '../../../schema/providers';
import { classes } from '../../ui/classes';
import { CustomProviderForm } from './CustomProviderForm';
import { KeyForm } from './KeyForm';

/** One provider: whether it has a key, and what can be changed when opened. */
export function ProviderRow({ provider }: { readonly provider: Provider }) {
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  const isTour = provider.kind === 'tour';
  return (
    <li className="border-b border-line last:border-b-0">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setIsOpen(!isOpen)}
        className="flex w-full items-center gap-3 px-3.5 py-2.5 text-left transition-colors -outline-offset-2 hover:bg-hover"
      >
        <ChevronRight
          aria-hidden
          size={14}
          className={classes('shrink-0 text-faint transition-transform', isOpen && 'rotate-90')}
        />
        <span className="min-w-0 flex-1 truncate text-base font-medium">{provider.label}</span>
        <KeyState provider={provider} />
      </button>
      {isOpen && (
        <div id={id} className="border-t border-line bg-sunken px-4 py-4">
          {isTour ? (
            <p className="text-base text-soft">
              Built in, offline and free. It follows a script but uses real tools on your real files, so you can try
              everything before adding a key.
            </p>
          ) : provider.kind === 'custom' ? (
            <CustomProviderForm provider={provider} taken={[]} onDone={() => setIsOpen(false)} />
          ) : (
            <KeyForm provider={provider} />
          )}
        </div>
      )}
    </li>
  );
}

function KeyState({ provider }: { readonly provider: Provider }) {
  if (provider.kind === 'tour') return <span className="text-small text-faint">Built in</span>;
  if (!provider.hasKey) return <span className="text-small text-faint">No key</span>;
  return (
    <span className="flex items-center gap-1 text-small text-accent">
      <Check aria-hidden size={14} />
      Key saved
    </span>
  );
}
