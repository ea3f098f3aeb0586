import { Folder, Laptop, Lock } from 'lucide-react';
import { useApp, useAppState } from '../state/app-context';
import { shortPath } from '../../ui/format';
import { Tooltip } from '../../ui/Tooltip';
import { openBindFolder } from './new-task-actions';

/** What the task may touch; always on screen. */
export function Scope({ folder }: { readonly folder: string | null }) {
  const app = useApp();
  const home = useAppState((state) => state.host.snapshot?.app.home ?? '');
  const Icon = folder === null ? Lock : Folder;
  return (
    <p className="flex min-w-0 items-center gap-1.5 text-small text-soft">
      <Icon aria-hidden size={13} className="shrink-0 text-accent" />
      {folder === null ? (
        <>
          <span className="truncate">sees only files you add</span>
          <button
            type="button"
            onClick={() => openBindFolder(app)}
            className="shrink-0 rounded-small font-medium text-accent hover:underline"
          >
            Add folder…
          </button>
        </>
      ) : (
        <Tooltip text={folder}>
          <span className="flex min-w-0 gap-[0.3em] whitespace-nowrap">
            works in <span className="min-w-0 truncate font-medium text-ink">{shortPath(folder, home)}</span> only
          </span>
        </Tooltip>
      )}
      <span aria-hidden className="text-faint">
        ·
      </span>
      <Laptop aria-hidden size={13} className="shrink-0 text-faint" />
      <span className="shrink-0 whitespace-nowrap">runs on this computer</span>
    </p>
  );
}
