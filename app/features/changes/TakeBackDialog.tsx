import type { ReactNode } from 'react';
import { useApp, useAppState } from '../../app-context';
import type { TakeBackForm } from '../../store/ui-state';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { focusComposer } from '../conversation/composer-focus';
import { ConflictChoices, LeftFiles } from './TakeBackConflicts';
import { plural, resultInWords } from './change-words';
import { askTakeBack, cancelTakeBack, closeTakeBack, confirmTakeBack } from './take-back-actions';
import { stepsToDo, takeBackTitle } from './TakeBack.logic';

/** Taking a turn back: the question, how far it has come, and what came of it. */
export function TakeBackDialog() {
  const app = useApp();
  const form = useAppState((state) => state.ui.takeBack);
  if (!form) return null;
  return (
    <Dialog
      title={takeBackTitle(form)}
      isOpen
      onClose={() => closeTakeBack(app)}
      size="small"
      onFocusLost={focusComposer}
    >
      {/* Each stage brings its own focus, since the button that led to it is gone. */}
      <Stage key={form.stage.kind} form={form} />
    </Dialog>
  );
}

function Stage({ form }: { readonly form: TakeBackForm }) {
  const app = useApp();
  const { stage } = form;
  const close = (): void => closeTakeBack(app);
  switch (stage.kind) {
    case 'planning':
      return (
        <Frame footer={<Button onClick={close}>Cancel</Button>}>
          <p role="status" className="appear-late text-soft">
            Looking at what would change…
          </p>
        </Frame>
      );
    case 'asking':
      return <Question form={form} />;
    case 'running':
      return <Progress form={form} isCancelling={stage.isCancelling} />;
    case 'done':
      return (
        <Frame
          footer={
            <>
              <Button
                kind="ghost"
                onClick={() => {
                  const { taskId, turn, isRedo } = form;
                  // Ids of changes belong to one direction, so the way back is all that went.
                  void askTakeBack(app, { taskId, turn, isRedo: !isRedo });
                }}
              >
                {form.isRedo ? 'Take back' : 'Redo'}
              </Button>
              <Button kind="solid" autoFocus onClick={close}>
                Done
              </Button>
            </>
          }
        >
          <p role="status">{resultInWords(stage.result, form.isRedo)}</p>
          <LeftFiles left={stage.result.left} />
          {!stage.result.areTimesExact && (
            <p className="mt-2 text-small text-faint">Times of files are exact to the microsecond here.</p>
          )}
        </Frame>
      );
    case 'refused':
      return (
        <Frame
          footer={
            <Button autoFocus onClick={close}>
              Close
            </Button>
          }
        >
          <p role="alert">{stage.problem}</p>
        </Frame>
      );
  }
}

function Question({ form }: { readonly form: TakeBackForm }) {
  const app = useApp();
  const { stage, isRedo } = form;
  if (stage.kind !== 'asking') return null;
  const steps = stepsToDo(form);
  const hasNothing = stage.steps === 0 && !form.movesConversation && !isRedo;
  return (
    <Frame
      footer={
        <>
          <Button kind="ghost" onClick={() => closeTakeBack(app)}>
            {hasNothing ? 'Close' : 'Cancel'}
          </Button>
          {!hasNothing && (
            <Button kind="solid" autoFocus onClick={() => void confirmTakeBack(app)}>
              {isRedo ? 'Do again' : 'Take back'}
            </Button>
          )}
        </>
      }
    >
      <p className="text-soft">
        {stage.steps === 0
          ? 'No file has to change.'
          : isRedo
            ? `${plural(steps, 'change')} will be made again.`
            : `Files will be what they were before: ${plural(steps, 'change')} taken back.`}
        {form.movesConversation && ' The conversation returns to before this message too.'}
        {!isRedo && !hasNothing && ' You can do it again afterwards.'}
      </p>
      <ConflictChoices conflicts={stage.conflicts} choices={form.choices} />
    </Frame>
  );
}

function Progress({ form, isCancelling }: { readonly form: TakeBackForm; readonly isCancelling: boolean }) {
  const app = useApp();
  const progress = useAppState((state) => state.host.progress[form.taskId]);
  const words = progress
    ? `${progress.done.toLocaleString('en')} of ${progress.total.toLocaleString('en')}`
    : 'Starting…';
  return (
    <Frame
      footer={
        <Button autoFocus aria-disabled={isCancelling} onClick={() => !isCancelling && void cancelTakeBack(app)}>
          {isCancelling ? 'Cancelling…' : 'Cancel'}
        </Button>
      }
    >
      <p className="mb-2 text-soft tabular-nums">{words}</p>
      <div
        role="progressbar"
        aria-label="Progress"
        aria-valuetext={words}
        aria-valuemin={0}
        aria-valuemax={progress?.total ?? 1}
        aria-valuenow={progress?.done ?? 0}
        className="h-1.5 overflow-hidden rounded-full bg-pressed"
      >
        <div
          className="h-full origin-left bg-accent transition-transform"
          style={{ transform: `scaleX(${progress && progress.total > 0 ? progress.done / progress.total : 0})` }}
        />
      </div>
    </Frame>
  );
}

const Frame = ({ children, footer }: { readonly children: ReactNode; readonly footer: ReactNode }) => (
  <>
    <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-4 text-base">{children}</div>
    <footer className="flex shrink-0 justify-end gap-2 border-t border-line px-5 py-3">{footer}</footer>
  </>
);
