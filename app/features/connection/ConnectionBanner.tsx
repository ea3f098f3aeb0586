import { CloudOff } from 'lucide-react';
import { useAppState } from '../state/app-context';

/** Shows unobtrusively that the host is away; the session reconnects on its own. */
export function ConnectionBanner() {
  const isLost = useAppState((state) => state.ui.connection.kind === 'lost');
  const isFirst = useAppState((state) => state.host.snapshot === null);
  if (!isLost) return null;
  return (
    <div
      role="status"
      aria-label="Connection"
      className="flex items-center gap-2 border-b border-line bg-sunken px-6 py-1.5 text-small text-soft"
    >
      <CloudOff aria-hidden size={14} className="shrink-0" />
      {isFirst
        ? "Can't reach Piwork. Reconnecting…"
        : 'Connection to Piwork lost. Reconnecting… What you typed is kept, and tasks keep running.'}
    </div>
  );
}
