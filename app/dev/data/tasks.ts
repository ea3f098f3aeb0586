import type { Artifact } from '../../../schema/artifacts';
import type { TaskSummary } from '../../../schema/task-summary';
import type { ConversationItem } from '../../../schema/conversation';
import { fakeHome } from './folders';

/** A task as the host in memory stores it. */
export interface FakeTask {
  readonly summary: TaskSummary;
  readonly items: readonly ConversationItem[];
  readonly revision: number;
  readonly artifacts: readonly Artifact[];
}

export const noUsage = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, cost: 0 };

/** A task with sensible defaults. */
export function fakeTask(
  taskId: string,
  summary: Partial<TaskSummary>,
  parts: Partial<Omit<FakeTask, 'summary'>> = {},
): FakeTask {
  return {
    summary: {
      taskId,
      title: taskId,
      workingFolder: `${fakeHome}/Reports`,
      folderProblem: null,
      openingAhead: null,
      reviewsChanges: false,
      model: 'tour/tour',
      createdAt: 0,
      updatedAt: 0,
      activity: 'idle',
      problem: null,
      promptInFlight: null,
      dialogs: [],
      usage: noUsage,
      ...summary,
    },
    items: parts.items ?? [],
    revision: parts.revision ?? parts.items?.length ?? 0,
    artifacts: parts.artifacts ?? [],
  };
}
