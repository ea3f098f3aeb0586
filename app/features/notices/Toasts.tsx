import { CircleAlert, Info, X } from 'lucide-react';
import { Toast as Radix } from 'radix-ui';
import { useApp, useAppState } from '../state/app-context';
import { dismissToast } from '../../connection/attempt';
import { IconButton } from '../../ui/IconButton';
import type { Toast } from '../../store/ui-state';

/** An error stays long enough to be read twice, in `ms` */
const durations = { info: 5000, error: 15_000 };

/** Passing messages in the corner; they wait while the pointer or the focus is on one. */
export function Toasts() {
  const toasts = useAppState((state) => state.ui.toasts);
  return (
    <Radix.Provider swipeDirection="right" label="Message">
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
      <Radix.Viewport
        label="Messages ({hotkey})"
        className="fixed right-4 bottom-4 z-60 flex w-96 max-w-[calc(100vw-32px)] flex-col gap-2 outline-none"
      />
    </Radix.Provider>
  );
}

function ToastCard({ toast }: { readonly toast: Toast }) {
  const app = useApp();
  const Icon = toast.level === 'error' ? CircleAlert : Info;
  return (
    <Radix.Root
      duration={durations[toast.level]}
      onOpenChange={(isOpen) => !isOpen && dismissToast(app, toast.id)}
      className="enter-rise flex items-start gap-3 rounded-card border border-line bg-raised py-3 pr-2 pl-3.5 shadow-float"
    >
      <Icon
        aria-hidden
        size={16}
        className={toast.level === 'error' ? 'mt-0.5 shrink-0 text-danger' : 'mt-0.5 shrink-0 text-accent'}
      />
      <div className="min-w-0 flex-1">
        <Radix.Title className="text-base font-medium break-words">{toast.title}</Radix.Title>
        {toast.text !== '' && (
          <Radix.Description className="mt-0.5 text-small break-words text-soft">{toast.text}</Radix.Description>
        )}
      </div>
      <IconButton icon={X} label="Dismiss" className="-mt-1" onClick={() => dismissToast(app, toast.id)} />
    </Radix.Root>
  );
}
