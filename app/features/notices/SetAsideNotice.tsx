import { FileWarning, X } from 'lucide-react';
import { useShallow } from 'zustand/react/shallow';
import { useApp, useAppState } from '../state/app-context';
import { updateUi } from '../../store/app-store';
import { shortPath } from '../../ui/format';
import { IconButton } from '../../ui/IconButton';

/** Lists damaged state files, which Piwork moved aside. */
export function SetAsideNotice() {
  const app = useApp();
  const home = useAppState((state) => state.host.snapshot?.app.home ?? '');
  const files = useAppState(
    useShallow((state) =>
      (state.host.snapshot?.setAside ?? []).filter((file) => !state.ui.dismissed.includes(file.path)),
    ),
  );
  if (files.length === 0) return null;
  const dismiss = (): void =>
    updateUi(app.store, ({ dismissed }) => ({ dismissed: [...dismissed, ...files.map((file) => file.path)] }));
  return (
    <section
      aria-label="Damaged files"
      className="flex items-start gap-3 border-b border-line bg-warn-soft px-6 py-2.5 text-base"
    >
      <FileWarning aria-hidden size={16} className="mt-0.5 shrink-0 text-warn" />
      <div className="min-w-0 flex-1">
        <p className="font-medium text-warn">
          {files.length === 1
            ? "Piwork couldn't read one of its files"
            : `Piwork couldn't read ${files.length} of its files`}
          <span className="font-normal text-ink">. Nothing was deleted, and everything else loaded.</span>
        </p>
        <ul className="mt-1 space-y-0.5 text-small text-soft">
          {files.map((file) => (
            <li key={file.path} className="break-words">
              <span className="font-mono">{shortPath(file.path, home)}</span>: {file.reason}
            </li>
          ))}
        </ul>
      </div>
      <IconButton icon={X} label="Dismiss notice" onClick={dismiss} />
    </section>
  );
}
