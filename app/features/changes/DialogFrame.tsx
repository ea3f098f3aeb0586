import type { ReactNode } from 'react';
import { useAppState } from '../state/app-context';

export interface DialogFrameProps {
  readonly children: ReactNode;
  /** Its buttons */
  readonly footer: ReactNode;
}

/** The content of a dialog, with its buttons below. */
export const DialogFrame = ({ children, footer }: DialogFrameProps) => (
  <>
    <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-4 text-base">{children}</div>
    {footer !== null && (
      <footer className="flex shrink-0 justify-end gap-2 border-t border-line px-5 py-3">{footer}</footer>
    )}
  </>
);

/** How many of a task's files were moved, as a number and a bar. */
export function FilesProgress({ taskId }: { readonly taskId: string }) {
  const progress = useAppState((state) => state.host.progress[taskId]);
  const words = progress
    ? `${progress.done.toLocaleString('en')} of ${progress.total.toLocaleString('en')}`
    : 'Starting…';
  return (
    <>
      <p className="mb-2 text-soft tabular-nums">{words}</p>
      <div
        role="progressbar"
        aria-label="Progress"
        aria-valuetext={words}
        aria-valuemin={0}
        aria-valuemax={progress?.total ?? 1}
        aria-valuenow={progress?.done ?? 0}
        className="h-1.5 overflow-hidden rounded-full bg-pressed"
      >
        <div
          className="h-full origin-left bg-accent transition-transform"
          style={{ transform: `scaleX(${progress && progress.total > 0 ? progress.done / progress.total : 0})` }}
        />
      </div>
    </>
  );
}
