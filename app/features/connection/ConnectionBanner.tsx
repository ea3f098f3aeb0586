import { CloudOff } from 'lucide-react';
import { useAppState } from '../state/app-context';

/** Says quietly that the host is away; the session reconnects by itself. */
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
        ? 'Piwork cannot be reached yet. Trying again…'
        : 'Connection to Piwork lost. Reconnecting… Nothing you typed is lost, and tasks go on.'}
    </div>
  );
}
