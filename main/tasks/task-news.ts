/** What the host reports about its tasks. */
import type { TaskSummary } from '../../schema/task-summary';
import type { ConversationChange } from '../../schema/conversation';
import { Listeners } from '../../schema/transport';
import type { Settled } from './task-ports';

export class TaskNews {
  readonly changed = new Listeners<TaskSummary>();
  readonly removed = new Listeners<string>();
  readonly conversationChanged = new Listeners<{ taskId: string; revision: number; changes: ConversationChange[] }>();
  readonly settled = new Listeners<Settled>();
  readonly artifactsChanged = new Listeners<string>();

  /** Resolves when a task has changed, settled or gone. */
  nextChange(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        for (const one of listening) one.dispose();
        resolve();
      };
      const listening = [this.changed.add(done), this.settled.add(done), this.removed.add(done)];
    });
  }
}
