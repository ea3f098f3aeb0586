import { HistoryIcon, X } from 'lucide-react';
import { useApp, useAppState } from '../state/app-context';
import { IconButton } from '../../ui/IconButton';
import { visibleText } from '../../ui/visible-text';
import { dismissWarnings } from './change-actions';

/** Names the changes that can't be undone. */
export function TurnWarnings({ taskId }: { readonly taskId: string }) {
  const app = useApp();
  const warnings = useAppState((state) => state.ui.warnings[taskId]);
  if (!warnings || warnings.length === 0) return null;
  return (
    <section
      aria-label="Notices about changes"
      className="flex items-start gap-2.5 border-b border-line bg-warn-soft px-6 py-2.5 text-base"
    >
      <HistoryIcon aria-hidden size={16} className="mt-0.5 shrink-0 text-warn" />
      <ul aria-live="polite" className="max-h-24 min-w-0 flex-1 space-y-0.5 overflow-y-auto">
        {warnings.map((warning) => (
          <li key={warning} className="[overflow-wrap:anywhere]">
            {visibleText(warning)}
          </li>
        ))}
      </ul>
      <IconButton icon={X} label="Dismiss notice" onClick={() => dismissWarnings(app, taskId)} />
    </section>
  );
}
