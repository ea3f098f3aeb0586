import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown } from 'lucide-react';
import { useLayoutEffect, useMemo, useRef, type KeyboardEvent, type UIEvent } from 'react';
import { useAppState } from '../state/app-context';
import type { TaskSummary } from '../../../schema/task-summary';
import { hasApproval } from '../../store/host-state';
import { QuestionCard } from '../questions/QuestionCard';
import { vmStartingLabel } from '../workspace/vm-words';
import { estimateHeight, rowsOf, type Row } from './Conversation.logic';
import { ItemRow } from './ItemRow';
import { TaskProblem } from './TaskProblem';
import { UserMessage } from './UserMessage';
import { Working } from './Working';

/** How near to the end counts as reading the newest, in `px` */
const endThreshold = 80;

/** A task's conversation. It follows the newest line unless the person has scrolled up. */
export function Conversation({ task }: { readonly task: TaskSummary }) {
  const { taskId } = task;
  const items = useAppState((state) => state.host.conversations[taskId]?.items) ?? noItems;
  const sent = useAppState((state) => state.ui.sent[taskId]);
  const startingLabel = useAppState((state) => vmStartingLabel(state.host.snapshot?.vm));
  const isHeld = useAppState((state) => hasApproval(state.host, taskId));
  const rows = useMemo(
    () => rowsOf({ items, sent, task, startingLabel, isHeld }),
    [items, sent, task, startingLabel, isHeld],
  );
  const scroller = useRef<HTMLDivElement>(null);

  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is memoised by the compiler
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => estimateHeight(rows[index]),
    getItemKey: (index) => rows[index]?.key ?? index,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: endThreshold,
    overscan: 8,
    paddingStart: 20,
    paddingEnd: 28,
  });

  // The virtualizer follows rows that are added at the end, but not one that replaces the last one.
  const position = useRef({ top: 0, follows: true });
  const onScroll = ({ currentTarget: { scrollTop, scrollHeight, clientHeight } }: UIEvent<HTMLElement>): void => {
    const isNearEnd = scrollHeight - scrollTop - clientHeight <= endThreshold;
    // Growing rows change the distance to the end, but only a person scrolls up.
    const hasMovedUp = scrollTop < position.current.top;
    position.current = { top: scrollTop, follows: isNearEnd || (position.current.follows && !hasMovedUp) };
  };

  // Syncs with the scroll position: a conversation opens at its end, and sending a message scrolls there.
  useLayoutEffect(() => {
    position.current.follows = true;
    virtualizer.scrollToEnd();
  }, [virtualizer, sent?.promptId]);
  const height = virtualizer.getTotalSize();
  useLayoutEffect(() => {
    if (position.current.follows) virtualizer.scrollToEnd();
  }, [virtualizer, rows, height]);

  const isAtEnd = virtualizer.scrollElement === null || virtualizer.isAtEnd(endThreshold);

  // The browser's own scrolling to the end stops short when rows are measured on the way.
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || (event.key !== 'End' && event.key !== 'Home')) return;
    event.preventDefault();
    if (event.key === 'End') virtualizer.scrollToEnd();
    else virtualizer.scrollToOffset(0);
  };

  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroller}
        role="log"
        aria-label="Conversation"
        aria-live="off"
        aria-busy={task.activity === 'running'}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onScroll={onScroll}
        className="h-full overflow-y-auto px-6 -outline-offset-2 [overflow-anchor:none]"
      >
        <div className="relative mx-auto w-full max-w-[46rem]" style={{ height }}>
          {virtualizer.getVirtualItems().map(({ index, key, start }) => {
            const row = rows[index];
            return (
              row && (
                <div
                  key={key}
                  ref={virtualizer.measureElement}
                  data-index={index}
                  className="absolute inset-x-0 top-0"
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <RowContent taskId={taskId} row={row} />
                </div>
              )
            );
          })}
        </div>
      </div>
      {!isAtEnd && (
        <button
          type="button"
          onClick={() => virtualizer.scrollToEnd()}
          className="enter-rise absolute bottom-3 left-1/2 flex h-8 -translate-x-1/2 items-center gap-1.5 rounded-full border border-line bg-raised px-3 text-small font-medium shadow-float hover:bg-sunken"
        >
          <ArrowDown aria-hidden size={14} />
          Jump to newest
        </button>
      )}
    </div>
  );
}

const noItems: readonly never[] = [];

function RowContent({ taskId, row }: { readonly taskId: string; readonly row: Row }) {
  switch (row.kind) {
    case 'item':
      return <ItemRow taskId={taskId} item={row.item} position={row.position} />;
    case 'sent':
      return <UserMessage text={row.sent.text} isOnItsWay />;
    case 'working':
      return <Working label={row.label} />;
    case 'dialog':
      return <QuestionCard taskId={taskId} dialog={row.dialog} />;
    case 'problem':
      return <TaskProblem taskId={taskId} problem={row.problem} ending={row.ending} />;
  }
}
