import { useState } from 'react';
import type { TurnSummary } from '../../../schema/file-changes';
import { useApp, useAppState } from '../state/app-context';
import { Button } from '../../ui/Button';
import { isBusy } from '../../store/task-summaries';
import { ChangeRow } from './ChangeRow';
import { plural } from '../../ui/format';
import { askTakeBack, busyReason } from './take-back-actions';
import { canTakeBack } from './turns';
import { useSelection } from './use-selection';

/** Shown at first; older turns can still be reached */
export const shownAtFirst = 50;
/** How many more are shown at a time: thousands at once would make the page slow */
export const shownMore = 200;

/** The files of a turn. Selected ones can be undone together. */
export function ChangeList({ taskId, turn }: { readonly taskId: string; readonly turn: TurnSummary }) {
  const app = useApp();
  const state = useAppState(({ host }) => host.turns[taskId]?.changes[turn.turn]);
  const turns = useAppState(({ host }) => host.turns[taskId]?.turns) ?? [];
  const isWaiting = useAppState(({ host }) => {
    const task = host.tasks[taskId];
    return task !== undefined && isBusy(task);
  });
  const [limit, setLimit] = useState(shownAtFirst);
  const { selected, select, clear } = useSelection();
  if (!state) return <p className="appear-late py-1 pl-7 text-small text-faint">Loading…</p>;

  const { changes, isTruncated } = state;
  const canGoBack = canTakeBack(turns, turn);
  const chosen = changes.filter(({ id, isKept }) => isKept && selected.has(id));
  const takeBackChosen = (): void => {
    void askTakeBack(app, { taskId, turn: turn.turn, changeIds: chosen.map(({ id }) => id), isRedo: false });
    if (!isWaiting) clear();
  };

  return (
    <>
      <ul className="pb-1 pl-3">
        {changes.slice(0, limit).map((change) => (
          <ChangeRow
            key={change.id}
            turn={turn.turn}
            change={change}
            isSelected={selected.has(change.id)}
            {...(canGoBack ? { onSelect: select } : {})}
          />
        ))}
      </ul>
      {changes.length > limit && (
        <Button kind="ghost" className="mb-1 ml-3 h-7 text-small" onClick={() => setLimit(limit + shownMore)}>
          Show {plural(Math.min(shownMore, changes.length - limit), 'more', 'more')}
        </Button>
      )}
      {isTruncated && changes.length <= limit && (
        <p className="py-1 pr-2 pl-7 text-small text-faint">
          Showing the first {changes.length.toLocaleString('en')}. Undoing the turn includes the rest.
        </p>
      )}
      {chosen.length > 0 && (
        <div className="sticky bottom-0 flex items-center gap-2 border-t border-line bg-main py-2 pl-3">
          <Button
            className="h-7 text-small"
            aria-disabled={isWaiting}
            title={isWaiting ? busyReason : undefined}
            onClick={takeBackChosen}
          >
            Undo selected ({chosen.length})
          </Button>
          <Button kind="ghost" className="h-7 text-small" onClick={clear}>
            Clear
          </Button>
        </div>
      )}
    </>
  );
}
