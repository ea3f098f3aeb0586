import { CircleAlert, RotateCw } from 'lucide-react';
import { useApp } from '../state/app-context';
import { Button } from '../../ui/Button';
import type { RunEnding } from '../../../schema/run-ending';
import { endingTitle } from './ending-words';
import { reopenTask } from './run-actions';

interface TaskProblemProps {
  readonly taskId: string;
  readonly problem: string;
  readonly ending: RunEnding | undefined;
}

/** Why the task's agent ended, and how to continue. */
export function TaskProblem({ taskId, problem, ending }: TaskProblemProps) {
  const app = useApp();
  return (
    <section
      aria-label="Task problem"
      className="my-3 flex items-start gap-3 rounded-card border border-danger/30 bg-danger-soft px-3.5 py-3"
    >
      <CircleAlert aria-hidden size={16} className="mt-0.5 shrink-0 text-danger" />
      <div className="min-w-0 flex-1">
        <p className="font-medium text-danger">{endingTitle(ending)}</p>
        <p className="mt-0.5 break-words whitespace-pre-wrap text-soft">{problem}</p>
      </div>
      <Button onClick={() => void reopenTask(app, taskId)}>
        <RotateCw aria-hidden size={14} />
        Retry
      </Button>
    </section>
  );
}
