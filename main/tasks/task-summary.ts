/** What people see of a task. */
import type { TaskSummary } from '../../schema/task-summary';
import { promptInFlight, type TaskState } from './task-state';
import type { TaskRecord } from './task-store';

type Shown = Pick<TaskSummary, 'activity' | 'problem' | 'ending' | 'promptInFlight' | 'dialogs'>;

function activityOf(state: TaskState): TaskSummary['activity'] {
  if ('dialogs' in state && state.dialogs.length > 0) return 'needs_you';
  switch (state.kind) {
    case 'starting':
    case 'running':
      return state.kind;
    case 'settling':
      return state.from;
    case 'resting':
      if (state.process.kind === 'opening') return 'starting';
      if (state.problem !== null) return 'failed';
      return state.process.kind === 'open' ? 'idle' : 'stopped';
    case 'clearing':
    case 'changing':
      return state.problem === null ? 'stopped' : 'failed';
    case 'removed':
      return 'stopped';
  }
}

/** The part of a task's summary that its state determines. */
export const shown = (state: TaskState): Shown => ({
  activity: activityOf(state),
  problem: 'problem' in state ? state.problem : null,
  ...('ending' in state && { ending: state.ending }),
  promptInFlight: promptInFlight(state),
  dialogs: 'dialogs' in state ? [...state.dialogs] : [],
});

/** A task as the task list shows it. */
export const summaryOf = (
  record: TaskRecord,
  state: TaskState,
  beside: Pick<TaskSummary, 'folderProblem' | 'openingAhead'>,
): TaskSummary => {
  const { taskId, title, workingFolder, reviewsChanges, model, createdAt, updatedAt, usage } = record;
  const kept = { taskId, title, workingFolder, reviewsChanges, model, createdAt, updatedAt, usage };
  return { ...kept, ...beside, ...shown(state) };
};
