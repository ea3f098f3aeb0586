import { useAppState } from '../state/app-context';
import { needsReview } from '../../store/host-state';
import { announcement } from './Announcer.logic';

/** Reports the shown task to screen readers; the conversation itself would be read piece by piece. */
export function Announcer() {
  const text = useAppState(({ host, ui }) => {
    const taskId = ui.selectedTaskId;
    return taskId === null
      ? ''
      : announcement(
          host.tasks[taskId],
          host.runEnds[taskId],
          host.snapshot?.approvals ?? [],
          needsReview(host, taskId) ? (host.reviews[taskId]?.counts ?? null) : null,
        );
  });
  const elsewhere = useAppState(({ host, ui }) => {
    const held = host.snapshot?.approvals.find(({ taskId }) => taskId !== ui.selectedTaskId);
    const waiting = Object.keys(host.reviews).find(
      (taskId) => taskId !== ui.selectedTaskId && needsReview(host, taskId),
    );
    const taskId = held?.taskId ?? waiting;
    const title = taskId === undefined ? undefined : host.tasks[taskId]?.title;
    return title === undefined ? '' : `The task ${title} needs you.`;
  });
  return (
    <>
      <p role="status" aria-label="Task status" className="sr-only">
        {text}
      </p>
      <p role="status" aria-label="Other tasks" className="sr-only">
        {elsewhere}
      </p>
    </>
  );
}
