import { useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { useAppState } from '../state/app-context';
import { useExpanded } from '../state/expanded';
import { AllChanges } from './AllChanges';
import { allChanges, changeCount, messagesOf } from './turns';
import { canWait } from '../../store/review-state';
import { turnTitle } from './change-words';
import { TurnRow } from './TurnRow';
import { WaitingSection } from './WaitingSection';

/** What the task's turns changed, newest first. */
export function ChangesSection({ taskId }: { readonly taskId: string }) {
  const turns = useAppState((state) => state.host.turns[taskId]?.turns) ?? noTurns;
  const messages = useAppState(useShallow((state) => messagesOf(state.host.conversations[taskId]?.items ?? [])));
  const remembered = useAppState((state) => state.ui.turnTitles[taskId]);
  const rows = useMemo(
    () => turns.map((turn) => ({ turn, title: turnTitle(turns, messages, turn, remembered) })).reverse(),
    [turns, messages, remembered],
  );
  const [showsAll, toggleAll] = useExpanded(taskId, allChanges, false);
  const reviews = useAppState(({ host }) => {
    const task = host.tasks[taskId];
    return task !== undefined && canWait(task);
  });
  const count = turns
    .filter(({ kind, state }) => kind !== 'take-back' && state !== 'taken-back')
    .reduce((sum, turn) => sum + changeCount(turn), 0);
  return (
    <section aria-label="Changes" className="border-b border-line px-2 pt-3 pb-3 last:border-b-0">
      <header className="flex h-6 items-center justify-between pr-1 pl-2.5 text-small">
        <h2 className="font-medium text-soft">
          Changes
          {count > 0 && (
            <span className="ml-1.5 font-normal text-faint tabular-nums">{count.toLocaleString('en')}</span>
          )}
        </h2>
        {rows.length > 1 && (
          <button
            type="button"
            aria-pressed={showsAll}
            onClick={toggleAll}
            className="rounded-small px-1.5 py-0.5 text-faint transition-colors hover:bg-hover hover:text-ink aria-pressed:bg-pressed aria-pressed:text-ink"
          >
            Whole task
          </button>
        )}
      </header>
      {reviews && <WaitingSection key={taskId} taskId={taskId} />}
      {showsAll && rows.length > 0 && <AllChanges taskId={taskId} />}
      {showsAll && rows.length > 0 ? null : rows.length === 0 ? (
        <p className="px-2.5 pt-1 pb-2 text-small text-faint">
          {reviews
            ? 'Changes you apply will appear here, and you can undo them.'
            : "The agent's changes will appear here, turn by turn. You can undo any of them."}
        </p>
      ) : (
        <ul className="mt-1 space-y-0.5">
          {rows.map(({ turn, title }) => (
            <TurnRow key={turn.turn} taskId={taskId} turn={turn} title={title} />
          ))}
        </ul>
      )}
    </section>
  );
}

const noTurns: readonly never[] = [];
