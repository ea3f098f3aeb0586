import { FileClock } from 'lucide-react';
import { useApp, useAppState } from '../state/app-context';
import { needsReview } from '../../store/host-state';
import { canWait } from '../../store/review-state';
import { Tooltip } from '../../ui/Tooltip';
import { lookAtWaiting } from './review-actions';

/** Shows in a task's header that its changes wait for the person, and whether there are any now. */
export function ReviewMark({ taskId }: { readonly taskId: string }) {
  const app = useApp();
  const reviews = useAppState(({ host }) => {
    const task = host.tasks[taskId];
    return task !== undefined && canWait(task);
  });
  const waits = useAppState((state) => needsReview(state.host, taskId));
  if (!reviews) return null;
  if (waits) {
    return (
      <button
        type="button"
        onClick={() => lookAtWaiting(app)}
        className="inline-flex shrink-0 items-center gap-1 rounded-small bg-warn-soft px-1.5 text-small font-medium whitespace-nowrap text-warn hover:underline"
      >
        <FileClock aria-hidden size={13} />
        changes waiting for your OK
      </button>
    );
  }
  return (
    <Tooltip text="The folder stays unchanged until you apply the agent's changes">
      <span className="inline-flex shrink-0 items-center gap-1 text-small whitespace-nowrap text-soft">
        <FileClock aria-hidden size={13} className="text-faint" />
        review on
      </span>
    </Tooltip>
  );
}
