/** What a task is doing now; nothing of it is kept on disk. */
import type { OpenDialog, TaskSummary } from '../../schema/app-api';

export interface TaskRuntime {
  readonly activity: TaskSummary['activity'];
  readonly problem: string | null;
  readonly folderProblem: string | null;
  readonly promptInFlight: string | null;
  readonly dialogs: readonly OpenDialog[];
}

/** A task that nothing runs for. */
export const quiet: TaskRuntime = {
  activity: 'stopped',
  problem: null,
  folderProblem: null,
  promptInFlight: null,
  dialogs: [],
};
