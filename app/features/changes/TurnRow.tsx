import { ChevronRight } from 'lucide-react';
import { useId } from 'react';
import type { TurnSummary } from '../../../schema/file-changes';
import { useAppState } from '../state/app-context';
import { classes } from '../../ui/classes';
import { useNow } from '../../ui/clock';
import { formatAgo } from '../../ui/format';
import { useExpanded } from '../state/expanded';
import { ChangeList } from './ChangeList';
import { countsInWords, turnState } from './change-words';
import { TakeBackButton } from './TakeBackButton';
import { changeCount, isOpenAtFirst } from './turns';

export interface TurnRowProps {
  readonly taskId: string;
  readonly turn: TurnSummary;
  readonly title: string;
}

const tones: Partial<Record<TurnSummary['state'], string>> = {
  open: 'bg-accent-soft text-accent',
  interrupted: 'bg-warn-soft text-warn',
};

/** One turn with its changes; its files unfold below it. */
export function TurnRow({ taskId, turn, title }: TurnRowProps) {
  const listId = useId();
  const now = useNow('minutes');
  const opensAtFirst = useAppState((state) => isOpenAtFirst(state.host.turns[taskId]?.turns ?? [], turn.turn));
  const [isOpen, toggle] = useExpanded(taskId, `turn ${turn.turn}`, opensAtFirst);
  const state = turnState(turn);
  const isEmpty = changeCount(turn) === 0;
  return (
    <li aria-label={title} className="group rounded-base">
      <div className="flex items-start gap-1 rounded-base pr-1 transition-colors hover:bg-hover">
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={isOpen ? listId : undefined}
          onClick={toggle}
          className="flex min-w-0 flex-1 items-start gap-1.5 rounded-base py-1.5 pl-1.5 text-left -outline-offset-2"
        >
          <ChevronRight
            aria-hidden
            size={14}
            className={classes('mt-[3px] shrink-0 text-faint transition-transform', isOpen && 'rotate-90')}
          />
          <span className="min-w-0 flex-1">
            <span
              className={classes(
                'line-clamp-2 text-base break-words',
                turn.state === 'taken-back' && 'text-faint line-through',
                turn.kind !== 'agent' && 'text-soft italic',
              )}
            >
              {title}
            </span>
            <span className="block text-micro text-faint tabular-nums">
              {countsInWords(turn.counts)} · {formatAgo(turn.at, now)}
            </span>
            {state !== '' && (
              <span
                className={classes(
                  'mt-1 inline-block rounded-small px-1.5 text-micro font-medium',
                  tones[turn.state] ?? 'bg-hover text-soft',
                )}
              >
                {state}
              </span>
            )}
          </span>
        </button>
        <TakeBackButton taskId={taskId} turn={turn} className="mt-1" />
      </div>
      {isOpen && (
        <div id={listId}>
          {isEmpty ? (
            <p className="py-1 pr-2 pl-7 text-small text-faint">No files changed.</p>
          ) : (
            <ChangeList taskId={taskId} turn={turn} />
          )}
        </div>
      )}
    </li>
  );
}
