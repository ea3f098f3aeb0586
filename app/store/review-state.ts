/** What the page has read of pending changes, and whether it is out of date. */
import type { TaskSummary } from '../../schema/task-summary';
import type { FileChange, FileChangeCounts } from '../../schema/file-changes';

export interface ReviewState {
  /** At most 5,000; `counts` covers all */
  readonly changes: readonly FileChange[];
  readonly counts: FileChangeCounts;
  readonly isTruncated: boolean;
  /** Why it couldn't be read */
  readonly problem: string | null;
  /** Counts the changes that the host reported */
  readonly version: number;
  /** The version at which it was read, -1 before the first read */
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

/** The state after the host reported a change of what is pending, or after such a report may have been missed. */
export const reviewChanged = (state: ReviewState): ReviewState => ({ ...state, version: state.version + 1 });

/** Whether a task's changes can be pending at all. */
export const canWait = ({ reviewsChanges, workingFolder }: Pick<TaskSummary, 'reviewsChanges' | 'workingFolder'>) =>
  reviewsChanges && workingFolder !== null;

/** How many changes are pending in a task. */
export function waitingCount(task: TaskSummary, review: ReviewState | undefined): number {
  if (!review || !canWait(task)) return 0;
  return Object.values(review.counts).reduce((sum, count) => sum + count, 0);
}
