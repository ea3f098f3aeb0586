import type { TaskSummary } from '../../../schema/task-summary';
import type { DotKind } from '../../ui/StatusDot';
import { endingStatus } from '../conversation/ending-words';

export interface TaskStatus {
  readonly dot: DotKind;
  /** For people, and for screen readers in place of the dot */
  readonly label: string;
}

/** What a task's dot shows and says. Finished work is marked until the person has looked at it. */
export function taskStatus(
  task: Pick<TaskSummary, 'activity' | 'dialogs' | 'ending'>,
  {
    isUnread,
    isHeld,
    hasReview = false,
  }: {
    readonly isUnread: boolean;
    readonly isHeld: boolean;
    /** The agent's changes wait for the person */
    readonly hasReview?: boolean;
  },
): TaskStatus {
  if (task.dialogs.length > 0 || isHeld) return { dot: 'asks', label: 'Needs you' };
  switch (task.activity) {
    case 'needs_you':
      return { dot: 'asks', label: 'Needs you' };
    case 'starting':
      return { dot: 'starting', label: 'Starting' };
    case 'running':
      return { dot: 'busy', label: 'Running' };
    case 'failed':
      return { dot: 'failed', label: endingStatus(task.ending) };
    case 'idle':
    case 'stopped':
      if (hasReview) return { dot: 'asks', label: 'Needs you' };
      return isUnread ? { dot: 'unread', label: 'Finished, unread' } : { dot: 'idle', label: 'Idle' };
  }
}
