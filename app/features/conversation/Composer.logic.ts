import type { TaskSummary } from '../../../schema/task-summary';
import type { Connection, SentPrompt } from '../../store/ui-state';
import { isBusy } from '../../store/task-summaries';

export interface ComposerSources {
  readonly task: Pick<TaskSummary, 'activity' | 'dialogs' | 'folderProblem' | 'promptInFlight'>;
  readonly connection: Connection['kind'];
  readonly sent: SentPrompt | undefined;
  readonly draft: string;
}

export interface ComposerState {
  /** The button: send, or stop while a run is in flight */
  readonly action: 'send' | 'stop';
  readonly canSend: boolean;
  /** Why nothing can be sent now; typing is always possible */
  readonly reason: string | null;
}

function reasonOf({ task, connection, sent }: ComposerSources): string | null {
  if (connection !== 'open') return 'Not connected. Keep typing; you can send when Piwork reconnects.';
  if (task.folderProblem !== null) return "This task's folder is unavailable. See above.";
  if (task.dialogs.length > 0 || task.activity === 'needs_you') return 'The agent is waiting for your answer above.';
  if (isBusy(task)) return "The agent is working. Keep typing; you can send when it's done.";
  if (sent) return 'Sending your message…';
  return null;
}

/** What the composer offers. A run in flight can be stopped; a message waits for its end. */
export function composerState(sources: ComposerSources): ComposerState {
  const reason = reasonOf(sources);
  const canStop = isBusy(sources.task) && sources.connection === 'open';
  return {
    action: canStop ? 'stop' : 'send',
    canSend: reason === null && sources.draft.trim() !== '',
    reason,
  };
}
