/** The end of a task's pi process in the guest; the next prompt begins another one on the same session. */
import type { TaskEntry } from './task-entry';
import type { TaskServiceOptions } from './task-ports';

export async function endProcess(entry: TaskEntry, { taskd }: Pick<TaskServiceOptions, 'taskd'>): Promise<void> {
  entry.isOpen = false;
  await taskd.stop_task({ taskId: entry.record.taskId });
}

/** Ends it where there is one, and shows the guest nothing of the task any more. */
export async function closeProcess(
  entry: TaskEntry,
  options: Pick<TaskServiceOptions, 'taskd' | 'files'>,
): Promise<void> {
  if (!entry.isOpen) return;
  await endProcess(entry, options);
  await options.files.withdraw(entry.record.taskId);
}
