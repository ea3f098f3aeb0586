import { CircleAlert } from 'lucide-react';
import { useApp } from '../state/app-context';
import { updateUi } from '../../store/app-store';
import { Button } from '../../ui/Button';

/** The task's history or files couldn't be read; nothing is lost. */
export function ReadProblem({ taskId, problem }: { readonly taskId: string; readonly problem: string }) {
  const app = useApp();
  const retry = (): void =>
    updateUi(app.store, (ui) => ({
      readProblems: Object.fromEntries(Object.entries(ui.readProblems).filter(([id]) => id !== taskId)),
    }));
  return (
    <section
      aria-label="Loading problem"
      className="flex items-center gap-2.5 border-b border-line bg-danger-soft px-6 py-2 text-base"
    >
      <CircleAlert aria-hidden size={16} className="shrink-0 text-danger" />
      <p className="min-w-0 flex-1 break-words">Couldn't load this task. {problem}</p>
      <Button onClick={retry}>Retry</Button>
    </section>
  );
}
