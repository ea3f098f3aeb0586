import { useShallow } from 'zustand/react/shallow';
import { useAppState } from '../state/app-context';
import { orderTasks } from '../../store/task-summaries';
import { TaskRow } from './TaskRow';

/** All tasks, most recently used first. */
export function TaskList() {
  const taskIds = useAppState(useShallow((state) => orderTasks(state.host.tasks)));
  return (
    <nav aria-label="Tasks" className="min-h-0 flex-1 overflow-y-auto px-2 pb-2">
      {taskIds.length === 0 ? (
        <p className="px-2.5 py-2 text-small text-faint">Your tasks will appear here.</p>
      ) : (
        <ul className="space-y-px">
          {taskIds.map((taskId) => (
            <TaskRow key={taskId} taskId={taskId} />
          ))}
        </ul>
      )}
    </nav>
  );
}
