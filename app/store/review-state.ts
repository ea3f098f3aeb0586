/** What the page has read of the changes that wait for the person, and what of it is out of date. */
import type { TaskSummary } from '../../schema/task-summary';
import type { FileChange, FileChangeCounts } from '../../schema/file-changes';

export interface ReviewState {
  /** At most 5,000 of them; `counts` counts all */
  readonly changes: readonly FileChange[];
  readonly counts: FileChangeCounts;
  readonly isTruncated: boolean;
  /** Why it could not be read */
  readonly problem: string | null;
  /** Counts what the host reported */
  readonly version: number;
  /** The version that it was read at, -1 before the first reading */
  readonly readVersion: number;
}

export type ReviewRead = Omit<ReviewState, 'version'>;

export const noCounts: FileChangeCounts = { created: 0, changed: 0, renamed: 0, deleted: 0, mode: 0, times: 0 };

/** Nothing read yet. */
export const unreadReview: ReviewState = {
  changes: [],
  counts: noCounts,
  isTruncated: false,
  problem: null,
  version: 0,
  readVersion: -1,
};

/** The state after the host said that what waits differs, or after that may have been missed. */
export const reviewChanged = (state: ReviewState): ReviewState => ({ ...state, version: state.version + 1 });

/** Whether what the agent does in a task waits for the person at all. */
export const canWait = ({ reviewsChanges, workingFolder }: Pick<TaskSummary, 'reviewsChanges' | 'workingFolder'>) =>
  reviewsChanges && workingFolder !== null;

/** How many changes wait in a task. */
export function waitingCount(task: TaskSummary, review: ReviewState | undefined): number {
  if (!review || !canWait(task)) return 0;
  return Object.values(review.counts).reduce((sum, count) => sum + count, 0);
}
