/** What a task's summary says at a glance. */
import type { TaskSummary } from '../../schema/task-summary';

/** Whether a run is in flight, so that a new prompt has to wait. */
export const isBusy = (task: Pick<TaskSummary, 'activity' | 'promptInFlight'>): boolean =>
  task.promptInFlight !== null || task.activity === 'running' || task.activity === 'needs_you';

/** Ids of the tasks, most recently used first. */
export const orderTasks = (tasks: Readonly<Record<string, TaskSummary>>): readonly string[] =>
  Object.values(tasks)
    .toSorted((left, right) => right.updatedAt - left.updatedAt || right.createdAt - left.createdAt)
    .map((task) => task.taskId);
