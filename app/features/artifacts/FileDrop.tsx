import { Upload } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useApp } from '../state/app-context';
import { uploadFiles } from './file-actions';

const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

/** Accepts files that are dropped anywhere on the page while the task is shown. */
export function FileDrop({ taskId }: { readonly taskId: string }) {
  const app = useApp();
  const [isOver, setIsOver] = useState(false);

  // Syncs with drags over the window, which come from outside the page.
  useEffect(() => {
    const listeners = new AbortController();
    const { signal } = listeners;
    const show = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setIsOver(true);
    };
    window.addEventListener('dragenter', show, { signal });
    window.addEventListener('dragover', show, { signal });
    window.addEventListener('dragleave', (event) => event.relatedTarget === null && setIsOver(false), { signal });
    window.addEventListener(
      'drop',
      (event) => {
        setIsOver(false);
        if (!carriesFiles(event)) return;
        event.preventDefault();
        void uploadFiles(app, taskId, [...(event.dataTransfer?.files ?? [])]);
      },
      { signal },
    );
    return () => listeners.abort();
  }, [app, taskId]);

  if (!isOver) return null;
  return (
    <div className="pointer-events-none absolute inset-3 z-20 flex flex-col items-center justify-center gap-2 rounded-dialog border-2 border-dashed border-accent bg-accent-soft/95 text-accent">
      <Upload aria-hidden size={22} />
      <p className="text-title font-semibold">Drop to add to this task</p>
      <p className="text-base text-soft">The agent can read them but not change them. Up to 5 MB each.</p>
    </div>
  );
}
