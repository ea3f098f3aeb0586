import { FolderX, RotateCw } from 'lucide-react';
import { useApp } from '../state/app-context';
import { Button } from '../../ui/Button';
import { reopenTask } from '../conversation/run-actions';

/** Why the task's folder can't be used now, what to do, and how to continue then. */
export function FolderProblem({ taskId, problem }: { readonly taskId: string; readonly problem: string }) {
  const app = useApp();
  return (
    <section
      aria-label="Folder problem"
      className="flex items-start gap-2.5 border-b border-line bg-warn-soft px-6 py-2.5 text-base"
    >
      <FolderX aria-hidden size={16} className="mt-0.5 shrink-0 text-warn" />
      <p className="min-w-0 flex-1 break-words">
        <span className="font-medium text-warn">This folder is unavailable. </span>
        {problem}
      </p>
      <Button onClick={() => void reopenTask(app, taskId)}>
        <RotateCw aria-hidden size={14} />
        Retry
      </Button>
    </section>
  );
}
