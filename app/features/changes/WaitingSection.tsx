import { useState } from 'react';
import type { FileChange } from '../../../schema/file-changes';
import { useApp, useAppState } from '../state/app-context';
import { waitingCount } from '../../store/review-state';
import { Button } from '../../ui/Button';
import { isBusy } from '../../store/task-summaries';
import { shownAtFirst, shownMore } from './ChangeList';
import { ChangeRow } from './ChangeRow';
import { plural } from '../../ui/format';
import { busyReviewReason, startReview } from './review-actions';
import { countsInWords } from './change-words';
import { useSelection } from './use-selection';

/** The agent's changes in a task with review on, until the person applies or discards them. */
export function WaitingSection({ taskId }: { readonly taskId: string }) {
  const review = useAppState((state) => state.host.reviews[taskId]);
  const isWorking = useAppState(({ host }) => {
    const task = host.tasks[taskId];
    return task !== undefined && isBusy(task);
  });
  const count = useAppState(({ host }) => {
    const task = host.tasks[taskId];
    return task ? waitingCount(task, host.reviews[taskId]) : 0;
  });
  if (!review || review.readVersion < 0) return null;
  if (review.problem !== null) {
    return (
      <p role="alert" className="px-2.5 pt-1 pb-2 text-small text-danger">
        Couldn't load the pending changes. {review.problem}
      </p>
    );
  }
  if (count === 0) {
    return (
      <p className="px-2.5 pt-1 pb-2 text-small text-faint">
        {isWorking
          ? 'Changes appear here as the agent works. The folder stays unchanged.'
          : "No pending changes. The folder stays unchanged until you apply the agent's changes."}
      </p>
    );
  }
  return (
    <section
      aria-label="Waiting for your OK"
      data-review="waiting"
      tabIndex={-1}
      className="mt-1 mb-2 scroll-mt-2 rounded-card border border-warn-solid/60 outline-none"
    >
      <h3 className="rounded-t-card bg-warn-soft px-2.5 py-1.5 text-small text-ink tabular-nums">
        <span className="font-medium text-warn">Waiting for your OK: </span>
        {countsInWords(review.counts)}
      </h3>
      <WaitingList taskId={taskId} changes={review.changes} isTruncated={review.isTruncated} isWorking={isWorking} />
    </section>
  );
}

interface WaitingListProps {
  readonly taskId: string;
  readonly changes: readonly FileChange[];
  readonly isTruncated: boolean;
  readonly isWorking: boolean;
}

function WaitingList({ taskId, changes, isTruncated, isWorking }: WaitingListProps) {
  const app = useApp();
  const [limit, setLimit] = useState(shownAtFirst);
  const { selected, select, clear } = useSelection();
  // Selected changes may be gone by now.
  const chosen = changes.filter(({ id }) => selected.has(id)).map(({ id }) => id);
  const start = (verb: 'apply' | 'discard', changeIds?: readonly string[]) => (): void =>
    void startReview(app, { taskId, verb, ...(changeIds ? { changeIds } : {}) });
  const rest = changes.length - limit;
  const shared = {
    className: 'h-7 text-small',
    'aria-disabled': isWorking,
    title: isWorking ? busyReviewReason : undefined,
  };
  return (
    <>
      <ul aria-label="Pending changes" className="px-1 py-1">
        {changes.slice(0, limit).map((change) => (
          <ChangeRow
            key={change.id}
            turn="waiting"
            change={change}
            isSelected={selected.has(change.id)}
            onSelect={select}
          />
        ))}
      </ul>
      {rest > 0 && (
        <Button kind="ghost" className="mb-1 ml-1 h-7 text-small" onClick={() => setLimit(limit + shownMore)}>
          Show {plural(Math.min(shownMore, rest), 'more', 'more')}
        </Button>
      )}
      {isTruncated && rest <= 0 && (
        <p className="px-2.5 pb-1.5 text-small text-faint">
          Showing the first {changes.length.toLocaleString('en')}. “Apply all” includes the rest.
        </p>
      )}
      <div className="sticky bottom-0 flex flex-wrap items-center gap-1.5 rounded-b-card border-t border-line bg-main p-2">
        {isWorking && <p className="basis-full text-small text-faint">{busyReviewReason}</p>}
        {chosen.length > 0 ? (
          <>
            <Button kind="solid" {...shared} onClick={start('apply', chosen)}>
              Apply selected ({chosen.length})
            </Button>
            <Button kind="danger" {...shared} onClick={start('discard', chosen)}>
              Discard selected ({chosen.length})
            </Button>
            <Button kind="ghost" className="h-7 text-small" onClick={clear}>
              Clear
            </Button>
          </>
        ) : (
          <>
            <Button kind="solid" {...shared} onClick={start('apply')}>
              Apply all
            </Button>
            <Button kind="danger" {...shared} onClick={start('discard')}>
              Discard all
            </Button>
          </>
        )}
      </div>
    </>
  );
}
