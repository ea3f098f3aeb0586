import { ChevronRight, RotateCw, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useApp, useAppState } from '../state/app-context';
import { Button } from '../../ui/Button';
import { classes } from '../../ui/classes';
import { CopyButton } from '../../ui/CopyButton';
import { startWorkspace } from './workspace-actions';

/** Why the workspace failed, its last log lines, and the one button that starts it again. */
export function WorkspaceBanner() {
  const app = useApp();
  const failure = useAppState((state) => {
    const vm = state.host.snapshot?.vm;
    return vm?.kind === 'failed' ? vm.failure : null;
  });
  if (!failure) return null;
  return (
    <div role="alert" className="border-b border-danger/25 bg-danger-soft px-6 py-3">
      <div className="flex items-start gap-3">
        <TriangleAlert aria-hidden size={17} className="mt-0.5 shrink-0 text-danger" />
        <div className="min-w-0 flex-1">
          <p className="text-base font-semibold text-danger">The workspace failed</p>
          <p className="mt-0.5 text-base break-words">{failure.message}</p>
          {failure.logTail.length > 0 && <LogTail lines={failure.logTail} />}
        </div>
        <Button kind="solid" onClick={() => void startWorkspace(app)}>
          <RotateCw aria-hidden size={14} />
          Restart
        </Button>
      </div>
    </div>
  );
}

function LogTail({ lines }: { readonly lines: readonly string[] }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
        className="mt-1.5 -ml-1 flex items-center gap-1 rounded-small px-1 text-small text-soft hover:text-ink"
      >
        <ChevronRight aria-hidden size={13} className={classes('transition-transform', isOpen && 'rotate-90')} />
        Recent log
      </button>
      {isOpen && (
        <div className="relative mt-2 rounded-base border border-line bg-raised">
          <pre
            tabIndex={0}
            role="group"
            aria-label="Recent log"
            className="max-h-48 overflow-auto p-3 pr-10 font-mono text-small whitespace-pre-wrap break-all text-soft"
          >
            {lines.join('\n')}
          </pre>
          <CopyButton text={lines.join('\n')} label="Copy log" className="absolute top-1 right-1" />
        </div>
      )}
    </>
  );
}
