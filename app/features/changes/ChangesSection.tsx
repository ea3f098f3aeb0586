import { useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { useAppState } from '../../app-context';
import { changeCount, messagesOf } from './turns';
import { turnTitle } from './change-words';
import { TurnRow } from './TurnRow';

/** What the task's turns changed, the newest first. */
export function ChangesSection({ taskId }: { readonly taskId: string }) {
  const turns = useAppState((state) => state.host.turns[taskId]?.turns) ?? noTurns;
  const messages = useAppState(useShallow((state) => messagesOf(state.host.conversations[taskId]?.items ?? [])));
  const remembered = useAppState((state) => state.ui.turnTitles[taskId]);
  const rows = useMemo(
    () => turns.map((turn) => ({ turn, title: turnTitle(turns, messages, turn, remembered) })).reverse(),
    [turns, messages, remembered],
  );
  const count = turns
    .filter(({ kind, state }) => kind !== 'take-back' && state !== 'taken-back')
    .reduce((sum, turn) => sum + changeCount(turn), 0);
  return (
    <section aria-label="Changes" className="border-b border-line px-2 pt-3 pb-3 last:border-b-0">
      <h2 className="flex h-6 items-center px-2.5 text-small font-medium text-soft">
        Changes
        {count > 0 && <span className="ml-1.5 font-normal text-faint tabular-nums">{count.toLocaleString('en')}</span>}
      </h2>
      {rows.length === 0 ? (
        <p className="px-2.5 pt-1 pb-2 text-small text-faint">
          What the agent changes in the folder appears here, turn by turn. All of it can be taken back.
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
