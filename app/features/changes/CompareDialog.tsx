import { Check, ChevronLeft, ChevronRight, SquareArrowOutUpRight, Undo2, X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { KeyboardEvent } from 'react';
import type { FileChange, TurnSummary } from '../../../schema/file-changes';
import { useApp, useAppState } from '../state/app-context';
import type { Compared } from '../../store/ui-state';
import { Button } from '../../ui/Button';
import { focusFrame } from '../../ui/focus-frame';
import { IconButton } from '../../ui/IconButton';
import { visibleText } from '../../ui/visible-text';
import { isBusy } from '../../store/task-summaries';
import { compareChange, openInEditor } from './change-actions';
import { changePath, kindWords, sizesInWords } from './change-words';
import { nameOf } from '../../ui/path-names';
import { nextChange } from './Compare.logic';
import { CompareContent } from './CompareContent';
import { busyReviewReason, startReview } from './review-actions';
import { askTakeBack, busyReason } from './take-back-actions';
import { canTakeBack } from './turns';

/** A large comparison of a file before and after a turn, or as it would be; the arrow keys go to the next one. */
export function CompareDialog() {
  const app = useApp();
  const taskId = useAppState((state) => state.ui.selectedTaskId);
  const compared = useAppState((state) => state.ui.compared);
  const turns = useAppState((state) => (taskId === null ? undefined : state.host.turns[taskId]));
  const turn = turns?.turns.find((one) => one.turn === compared?.turn);
  const waiting = useAppState((state) => (taskId === null ? undefined : state.host.reviews[taskId]));
  const changes =
    (compared?.turn === 'waiting' ? waiting?.changes : compared && turns?.changes[compared.turn]?.changes) ?? [];
  const change = changes.find(({ id }) => id === compared?.changeId);
  const go = (step: 1 | -1): void => {
    const next = change && nextChange(changes, change.id, step);
    if (next && compared) compareChange(app, { turn: compared.turn, changeId: next.id });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowRight') go(1);
    if (event.key === 'ArrowLeft') go(-1);
  };
  return (
    <Dialog.Root open={change !== undefined} onOpenChange={(open) => !open && compareChange(app, null)}>
      <Dialog.Portal>
        <Dialog.Overlay className="enter-fade fixed inset-0 z-40 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          onOpenAutoFocus={focusFrame}
          onKeyDown={onKeyDown}
          className="enter-rise fixed inset-x-4 top-[6vh] z-40 mx-auto flex h-[86vh] max-w-6xl flex-col overflow-hidden rounded-dialog border border-line bg-raised shadow-dialog outline-none"
        >
          {taskId !== null && compared && change && (
            <CompareFrame
              taskId={taskId}
              of={compared.turn}
              turn={turn}
              change={change}
              changes={changes}
              onStep={go}
            />
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface CompareFrameProps {
  readonly taskId: string;
  readonly of: Compared['turn'];
  /** For a file of one turn */
  readonly turn: TurnSummary | undefined;
  readonly change: FileChange;
  readonly changes: readonly FileChange[];
  readonly onStep: (step: 1 | -1) => void;
}

function CompareFrame({ taskId, of, turn, change, changes, onStep }: CompareFrameProps) {
  const app = useApp();
  const turns = useAppState((state) => state.host.turns[taskId]?.turns) ?? [];
  const isWaiting = useAppState((state) => {
    const task = state.host.tasks[taskId];
    return task !== undefined && isBusy(task);
  });
  const shown = useAppState(({ ui: { compare } }) =>
    compare?.taskId === taskId && compare.turn === of && compare.changeId === change.id ? compare : null,
  );
  const path = visibleText(changePath(change));
  const canGoBack = turn !== undefined && change.isKept && canTakeBack(turns, turn);
  const takeBack = (): void => {
    if (turn) void askTakeBack(app, { taskId, turn: turn.turn, changeIds: [change.id], isRedo: false });
  };
  const was =
    change.kind === 'renamed' && change.from !== null ? `from ${visibleText(change.from)}` : sizesInWords(change);

  return (
    <>
      <header className="flex min-h-13 shrink-0 flex-wrap items-center gap-1 border-b border-line py-1.5 pr-3 pl-5">
        <div className="flex min-w-40 flex-1 items-baseline gap-3">
          <Dialog.Title title={path} className="truncate text-title font-semibold tracking-tight">
            <bdi>{nameOf(path)}</bdi>
          </Dialog.Title>
          <p className="min-w-0 truncate text-small text-faint tabular-nums">
            {[kindWords[change.kind], was].filter((words) => words !== '').join(' · ')}
          </p>
        </div>
        {canGoBack && (
          <Button aria-disabled={isWaiting} title={isWaiting ? busyReason : undefined} onClick={takeBack}>
            <Undo2 aria-hidden size={14} />
            Undo this file
          </Button>
        )}
        {of === 'waiting' && (
          <Button
            aria-disabled={isWaiting}
            title={isWaiting ? busyReviewReason : undefined}
            onClick={() => void startReview(app, { taskId, verb: 'apply', changeIds: [change.id] })}
          >
            <Check aria-hidden size={14} />
            Apply this file
          </Button>
        )}
        {turn && !change.isKept && <p className="px-2 text-small text-warn">Can't be undone</p>}
        {/* Pending changes aren't in the folder yet. */}
        {of !== 'waiting' && change.to !== null && change.fileKind === 'file' && (
          <IconButton
            icon={SquareArrowOutUpRight}
            label="Open in editor"
            onClick={() => void openInEditor(app, taskId, change)}
          />
        )}
        <span aria-hidden className="mx-1.5 h-4 w-px bg-line" />
        <IconButton
          icon={ChevronLeft}
          label="Previous file"
          keys="←"
          disabled={!nextChange(changes, change.id, -1)}
          onClick={() => onStep(-1)}
        />
        <IconButton
          icon={ChevronRight}
          label="Next file"
          keys="→"
          disabled={!nextChange(changes, change.id, 1)}
          onClick={() => onStep(1)}
        />
        <IconButton icon={X} label="Close" onClick={() => compareChange(app, null)} />
      </header>
      {shown && shown.problem === null && (
        <CompareContent key={change.id} change={change} before={shown.before} after={shown.after} />
      )}
      {shown?.problem && <p className="m-auto max-w-md px-6 text-center text-base text-danger">{shown.problem}</p>}
      {!shown && <p className="appear-late m-auto text-base text-faint">Loading…</p>}
    </>
  );
}
