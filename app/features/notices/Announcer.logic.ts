import type { TaskSummary } from '../../../schema/app-api';
import type { RunEnd } from '../../store/host-state';

/** How the shown task goes, in one sentence for screen readers. */
export function announcement(task: TaskSummary | undefined, end: RunEnd | undefined): string {
  if (!task) return '';
  const [question] = task.dialogs;
  if (question) return `The agent asks: ${question.title}`;
  if (task.activity === 'starting') return 'The agent is getting ready.';
  if (task.activity === 'running') return 'The agent is working.';
  if (task.activity === 'failed') return `The task failed. ${task.problem ?? ''}`.trim();
  if (!end) return '';
  if (end.isAborted) return 'The run was stopped.';
  return end.problem === null ? 'The agent has finished.' : `The run ended with an error. ${end.problem}`;
}
