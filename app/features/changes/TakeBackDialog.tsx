import { useApp, useAppState } from '../state/app-context';
import type { TakeBackForm } from '../../store/ui-state';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { focusComposer } from '../../ui/composer-focus';
import { ConflictChoices, LeftFiles } from './TakeBackConflicts';
import { DialogFrame, FilesProgress } from './DialogFrame';
import { resultInWords } from './change-words';
import { plural } from '../../ui/format';
import { askTakeBack, cancelTakeBack, closeTakeBack, confirmTakeBack } from './take-back-actions';
import { stepsToDo, takeBackTitle } from './TakeBack.logic';

/** Undoing a turn: the question, the progress and the result. */
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
      {/* Each stage sets its own focus, because the button that led to it is gone. */}
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
        <DialogFrame footer={<Button onClick={close}>Cancel</Button>}>
          <p role="status" className="appear-late text-soft">
            Checking what will change…
          </p>
        </DialogFrame>
      );
    case 'asking':
      return <Question form={form} />;
    case 'running':
      return <Progress form={form} isCancelling={stage.isCancelling} />;
    case 'done':
      return (
        <DialogFrame
          footer={
            <>
              <Button
                kind="ghost"
                onClick={() => {
                  const { taskId, turn, isRedo } = form;
                  // Ids of changes are valid in one direction, so the reverse covers everything that was undone.
                  void askTakeBack(app, { taskId, turn, isRedo: !isRedo });
                }}
              >
                {form.isRedo ? 'Undo' : 'Redo'}
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
            <p className="mt-2 text-small text-faint">Modification times are accurate to the microsecond here.</p>
          )}
        </DialogFrame>
      );
    case 'refused':
      return (
        <DialogFrame
          footer={
            <Button autoFocus onClick={close}>
              Close
            </Button>
          }
        >
          <p role="alert">{stage.problem}</p>
        </DialogFrame>
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
    <DialogFrame
      footer={
        <>
          <Button kind="ghost" onClick={() => closeTakeBack(app)}>
            {hasNothing ? 'Close' : 'Cancel'}
          </Button>
          {!hasNothing && (
            <Button kind="solid" autoFocus onClick={() => void confirmTakeBack(app)}>
              {isRedo ? 'Redo' : 'Undo'}
            </Button>
          )}
        </>
      }
    >
      <p className="text-soft">
        {stage.steps === 0
          ? 'No files need to change.'
          : isRedo
            ? `This redoes ${plural(steps, 'change')}.`
            : 'Your files go back to how they were before this turn.'}
        {form.movesConversation && ' The conversation also goes back to before this message.'}
        {!isRedo && !hasNothing && ' You can redo this later.'}
      </p>
      <ConflictChoices conflicts={stage.conflicts} choices={form.choices} />
    </DialogFrame>
  );
}

function Progress({ form, isCancelling }: { readonly form: TakeBackForm; readonly isCancelling: boolean }) {
  const app = useApp();
  return (
    <DialogFrame
      footer={
        <Button autoFocus aria-disabled={isCancelling} onClick={() => !isCancelling && void cancelTakeBack(app)}>
          {isCancelling ? 'Cancelling…' : 'Cancel'}
        </Button>
      }
    >
      <FilesProgress taskId={form.taskId} />
    </DialogFrame>
  );
}
