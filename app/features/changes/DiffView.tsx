import { useVirtualizer } from '@tanstack/react-virtual';
import { UnfoldVertical } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { classes } from '../../ui/classes';
import { useIsAtLeast } from '../../ui/media';
import { visibleLine } from '../../ui/visible-text';
import { diffTexts, foldsOf, pairsOf, type DiffLine, type Fold, type Pair } from './Diff.logic';
import { plural } from '../../ui/format';

const linePx = 21;

export interface DiffViewProps {
  readonly before: string;
  readonly after: string;
}

/** Two texts line by line: side by side if there is room, otherwise one below the other. */
export function DiffView({ before, after }: DiffViewProps) {
  const isWide = useIsAtLeast('wide');
  const diff = useMemo(() => diffTexts(before, after), [before, after]);
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const rows = useMemo<readonly (DiffLine | Fold | Pair)[]>(() => {
    const folded = foldsOf(diff.lines, opened);
    return isWide && before !== '' && after !== '' ? pairsOf(folded) : folded;
  }, [diff, opened, isWide, before, after]);
  const scroller = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is memoised by the compiler
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => linePx,
    overscan: 20,
    paddingEnd: 16,
  });
  const open = (fold: Fold): void => setOpened((folds) => new Set([...folds, fold.start]));

  if (diff.added + diff.removed === 0) {
    return <p className="m-auto px-6 text-base text-soft">The text is the same before and after.</p>;
  }
  return (
    <>
      <p className="shrink-0 border-b border-line bg-sunken px-5 py-1.5 text-small text-soft">
        {diff.added > 0 && <span className="font-medium text-accent">+ {plural(diff.added, 'line')} added</span>}
        {diff.added > 0 && diff.removed > 0 && ', '}
        {diff.removed > 0 && <span className="font-medium text-danger">− {plural(diff.removed, 'line')} removed</span>}
        {diff.isCoarse && '. Too different to match line by line.'}
      </p>
      <div
        ref={scroller}
        tabIndex={0}
        role="group"
        aria-label="Differences"
        className="min-h-0 flex-1 overflow-y-auto font-mono text-[12.5px] leading-[21px] -outline-offset-2"
      >
        <div className="relative w-full" style={{ height: virtualizer.getTotalSize() }}>
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
                  {row.kind === 'fold' && <FoldRow fold={row} onOpen={() => open(row)} />}
                  {row.kind === 'pair' && <PairRow pair={row} />}
                  {row.kind !== 'fold' && row.kind !== 'pair' && <UnifiedRow line={row} />}
                </div>
              )
            );
          })}
        </div>
      </div>
    </>
  );
}

const FoldRow = ({ fold, onOpen }: { readonly fold: Fold; readonly onOpen: () => void }) => (
  <button
    type="button"
    onClick={onOpen}
    className="flex w-full items-center gap-2 bg-sunken px-4 py-1 font-sans text-small text-faint hover:bg-hover hover:text-ink -outline-offset-2"
  >
    <UnfoldVertical aria-hidden size={13} />
    Show {plural(fold.count, 'unchanged line')}
  </button>
);

const grounds = { same: '', removed: 'bg-danger-soft', added: 'bg-accent-soft' };
const signs = { same: ' ', removed: '−', added: '+' };
const spoken = { same: '', removed: 'Removed: ', added: 'Added: ' };

const PairRow = ({ pair: { left, right } }: { readonly pair: Pair }) => (
  <div className="grid grid-cols-2">
    <Cell line={left} number={left?.before ?? null} />
    <Cell line={right} number={right?.after ?? null} isRight />
  </div>
);

interface CellProps {
  readonly line: DiffLine | null;
  readonly number: number | null;
  readonly isRight?: boolean;
}

function Cell({ line, number, isRight = false }: CellProps) {
  if (!line) return <div className={classes('bg-sunken', isRight && 'border-l border-line')} />;
  return (
    // Unchanged lines are read out once, from the left.
    <div
      aria-hidden={isRight && line.kind === 'same' ? true : undefined}
      className={classes('flex min-w-0', grounds[line.kind], isRight && 'border-l border-line')}
    >
      <Gutter number={number} />
      <LineText line={line} />
    </div>
  );
}

const UnifiedRow = ({ line }: { readonly line: DiffLine }) => (
  <div className={classes('flex min-w-0', grounds[line.kind])}>
    <Gutter number={line.before} />
    <Gutter number={line.after} />
    <LineText line={line} />
  </div>
);

const Gutter = ({ number }: { readonly number: number | null }) => (
  <span aria-hidden className="w-11 shrink-0 pr-2 text-right text-faint tabular-nums select-none">
    {number}
  </span>
);

const markGrounds = { same: '', removed: 'bg-danger/25', added: 'bg-accent/25' };

function LineText({ line: { kind, text, mark } }: { readonly line: DiffLine }) {
  const [start, end] = mark ?? [0, 0];
  return (
    <span className="flex min-w-0 flex-1 pr-3">
      <span aria-hidden className="w-4 shrink-0 text-faint select-none">
        {signs[kind]}
      </span>
      <span dir="ltr" className="min-w-0 whitespace-pre-wrap [overflow-wrap:anywhere] [tab-size:4]">
        {kind !== 'same' && <span className="sr-only">{spoken[kind]}</span>}
        {end > start ? (
          <>
            {visibleLine(text.slice(0, start))}
            <span className={classes('rounded-small', markGrounds[kind])}>{visibleLine(text.slice(start, end))}</span>
            {visibleLine(text.slice(end))}
          </>
        ) : (
          visibleLine(text)
        )}
      </span>
    </span>
  );
}
