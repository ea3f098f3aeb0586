import { useApp, useAppState } from '../state/app-context';
import { selectTask } from '../../store/app-store';
import { hasApproval, needsReview } from '../../store/host-state';
import { classes } from '../../ui/classes';
import { useNow } from '../../ui/clock';
import { baseName, formatAgo } from '../../ui/format';
import { StatusDot } from '../../ui/StatusDot';
import { taskStatus } from './TaskRow.logic';

/** One task in the list. */
export function TaskRow({ taskId }: { readonly taskId: string }) {
  const app = useApp();
  const task = useAppState((state) => state.host.tasks[taskId]);
  const isSelected = useAppState((state) => state.ui.selectedTaskId === taskId);
  const isUnread = useAppState((state) => state.ui.unread[taskId] ?? false);
  const isHeld = useAppState((state) => hasApproval(state.host, taskId));
  const hasReview = useAppState((state) => needsReview(state.host, taskId));
  const now = useNow('minutes');
  if (!task) return null;
  const status = taskStatus(task, { isUnread, isHeld, hasReview });
  const showsStatus = status.dot !== 'idle' && status.dot !== 'unread';
  return (
    <li>
      <button
        type="button"
        onClick={() => selectTask(app.store, taskId)}
        aria-current={isSelected ? 'page' : undefined}
        className={classes(
          'group flex w-full items-start gap-2.5 rounded-base px-2.5 py-[7px] text-left transition-colors',
          isSelected ? 'bg-pressed' : 'hover:bg-hover',
        )}
      >
        <StatusDot kind={status.dot} className="mt-[6px]" />
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-2">
            <span
              className={classes(
                'flex-1 truncate text-base',
                isSelected || status.dot !== 'idle' ? 'font-medium text-ink' : 'text-ink',
              )}
            >
              {task.title}
            </span>
            <span className="text-micro text-faint tabular-nums">{formatAgo(task.updatedAt, now)}</span>
          </span>
          <span className="flex items-baseline gap-1.5 text-small text-faint">
            <span className="sr-only">{status.label}.</span>
            {showsStatus && (
              <span
                aria-hidden
                className={classes(
                  'shrink-0',
                  status.dot === 'asks' && 'font-medium text-warn',
                  status.dot === 'failed' && 'font-medium text-danger',
                )}
              >
                {status.label}
              </span>
            )}
            {showsStatus && <span aria-hidden>·</span>}
            <span className="truncate">{task.workingFolder === null ? 'No folder' : baseName(task.workingFolder)}</span>
          </span>
        </span>
      </button>
    </li>
  );
}
