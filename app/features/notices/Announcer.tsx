import { useAppState } from '../../app-context';
import { announcement } from './Announcer.logic';

/** Tells screen readers how the shown task goes; the words of the conversation would be read piece by piece. */
export function Announcer() {
  const text = useAppState(({ host, ui }) => {
    const taskId = ui.selectedTaskId;
    return taskId === null ? '' : announcement(host.tasks[taskId], host.runEnds[taskId]);
  });
  return (
    <p role="status" aria-label="Task status" className="sr-only">
      {text}
    </p>
  );
}
