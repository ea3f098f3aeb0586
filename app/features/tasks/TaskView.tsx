import { useApp, useAppState } from '../state/app-context';
import { Approvals } from '../approvals/Approvals';
import { ReviewCard } from '../changes/ReviewCard';
import { TurnWarnings } from '../changes/TurnWarnings';
import { Composer } from '../conversation/Composer';
import { Conversation } from '../conversation/Conversation';
import { EmptyConversation } from '../conversation/EmptyConversation';
import { FilesPanel } from './FilesPanel';
import { FileDrop } from '../artifacts/FileDrop';
import { FolderProblem } from './FolderProblem';
import { ReadProblem } from './ReadProblem';
import { stopTask } from '../conversation/run-actions';
import { TaskHeader } from './TaskHeader';
import { isBusy } from '../../store/task-summaries';

/** One task: its header, its conversation, the message field, and its files. */
export function TaskView({ taskId }: { readonly taskId: string }) {
  const app = useApp();
  const task = useAppState((state) => state.host.tasks[taskId]);
  const content = useAppState((state) =>
    conversationContent(state.host.conversations[taskId], taskId in state.ui.sent),
  );
  const problem = useAppState((state) => state.ui.readProblems[taskId]);
  if (!task) return null;
  return (
    <div className="flex min-h-0 min-w-0 flex-1">
      <main
        className="relative flex min-w-0 flex-1 flex-col"
        onKeyDown={(event) => {
          if (event.key === 'Escape' && !event.defaultPrevented && isBusy(task)) void stopTask(app, taskId);
        }}
      >
        <TaskHeader task={task} />
        {task.folderProblem !== null && <FolderProblem taskId={taskId} problem={task.folderProblem} />}
        <TurnWarnings taskId={taskId} />
        {problem !== undefined && <ReadProblem taskId={taskId} problem={problem} />}
        {content === 'rows' && <Conversation key={taskId} task={task} />}
        {content === 'empty' && task.dialogs.length === 0 && task.activity !== 'failed' && (
          <EmptyConversation taskId={taskId} />
        )}
        {content === 'empty' && (task.dialogs.length > 0 || task.activity === 'failed') && (
          <Conversation key={taskId} task={task} />
        )}
        {content === 'loading' && <div role="log" aria-label="Conversation" aria-busy className="flex-1" />}
        <Approvals taskId={taskId} />
        <ReviewCard taskId={taskId} />
        <Composer task={task} />
        <FileDrop taskId={taskId} />
      </main>
      <FilesPanel taskId={taskId} />
    </div>
  );
}

function conversationContent(
  conversation: { readonly isLoaded: boolean; readonly items: readonly unknown[] } | undefined,
  isSending: boolean,
): 'loading' | 'empty' | 'rows' {
  if (isSending) return 'rows';
  if (!conversation?.isLoaded) return 'loading';
  return conversation.items.length === 0 ? 'empty' : 'rows';
}
