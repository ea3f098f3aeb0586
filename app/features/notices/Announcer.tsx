import { useAppState } from '../../app-context';
import { announcement } from './Announcer.logic';

/** Tells screen readers how the shown task goes; the words of the conversation would be read piece by piece. */
export function Announcer() {
  const text = useAppState(({ host, ui }) => {
    const taskId = ui.selectedTaskId;
    return taskId === null
      ? ''
      : announcement(host.tasks[taskId], host.runEnds[taskId], host.snapshot?.approvals ?? []);
  });
  const elsewhere = useAppState(({ host, ui }) => {
    const held = host.snapshot?.approvals.find(({ taskId }) => taskId !== ui.selectedTaskId);
    const title = held && host.tasks[held.taskId]?.title;
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
