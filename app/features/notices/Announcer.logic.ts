import type { TaskSummary } from '../../../schema/task-summary';
import type { Approval } from '../../../schema/approvals';
import type { FileChangeCounts } from '../../../schema/file-changes';
import type { RunEnd } from '../../store/host-state';
import { approvalSentence } from '../approvals/ApprovalCard.logic';
import { wantsInWords } from '../changes/Review.logic';

/** The state of the shown task, in one sentence for screen readers. */
export function announcement(
  task: TaskSummary | undefined,
  end: RunEnd | undefined,
  approvals: readonly Approval[] = [],
  /** Counts of pending changes */
  waiting: FileChangeCounts | null = null,
): string {
  if (!task) return '';
  // Without the changing count, which would be read out at each step.
  const held = approvals.find(({ taskId }) => taskId === task.taskId);
  if (held) {
    const sentence = approvalSentence({ ...held, count: 1 });
    return held.sentence === null ? `Paused until you answer: ${sentence}.` : `The agent asks: ${sentence}`;
  }
  const [question] = task.dialogs;
  if (question) return `The agent asks: ${question.title}`;
  if (task.activity === 'starting') return 'The agent is starting.';
  if (task.activity === 'running') return 'The agent is working.';
  if (task.activity === 'failed') return `The task failed. ${task.problem ?? ''}`.trim();
  if (waiting) return `Changes are waiting for your OK. ${wantsInWords(waiting)}.`;
  if (!end) return '';
  if (end.isAborted) return 'The run was stopped.';
  return end.problem === null ? 'The agent is done.' : `The run ended with an error. ${end.problem}`;
}
