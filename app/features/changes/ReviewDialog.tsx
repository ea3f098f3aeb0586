import { useApp, useAppState } from '../state/app-context';
import type { ReviewForm } from '../../store/ui-state';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { focusComposer } from '../../ui/composer-focus';
import { DialogFrame, FilesProgress } from './DialogFrame';
import { closeReview, confirmReview, takeBackApplied } from './review-actions';
import { reviewResult, reviewTitle } from './Review.logic';
import { LeftFiles } from './TakeBackConflicts';

/** Applying or discarding pending changes: the question, the progress and the result. */
export function ReviewDialog() {
  const app = useApp();
  const form = useAppState((state) => state.ui.review);
  if (!form) return null;
  return (
    <Dialog title={reviewTitle(form)} isOpen onClose={() => closeReview(app)} size="small" onFocusLost={focusComposer}>
      {/* Each stage sets its own focus, because the button that led to it is gone. */}
      <Stage key={form.stage.kind} form={form} />
    </Dialog>
  );
}

function Stage({ form }: { readonly form: ReviewForm }) {
  const app = useApp();
  const { taskId, verb, stage } = form;
  const close = (): void => closeReview(app);
  switch (stage.kind) {
    case 'asking':
      return (
        <DialogFrame
          footer={
            <>
              <Button kind="ghost" autoFocus onClick={close}>
                Cancel
              </Button>
              <Button kind="danger" onClick={() => void confirmReview(app)}>
                Discard
              </Button>
            </>
          }
        >
          <p className="text-soft">
            The folder stays unchanged. The agent's changes to {form.count === 1 ? 'this file' : 'these files'} are
            deleted. You can't undo this.
          </p>
        </DialogFrame>
      );
    case 'running':
      return (
        <DialogFrame footer={null}>
          {verb === 'apply' ? (
            <FilesProgress taskId={taskId} />
          ) : (
            <p role="status" className="text-soft">
              Discarding the agent's changes…
            </p>
          )}
        </DialogFrame>
      );
    case 'done':
      return <Result taskId={taskId} verb={verb} stage={stage} />;
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

interface ResultProps extends Pick<ReviewForm, 'taskId' | 'verb'> {
  readonly stage: Extract<ReviewForm['stage'], { kind: 'done' }>;
}

function Result({ taskId, verb, stage }: ResultProps) {
  const app = useApp();
  const { turn, done, left } = stage;
  const canGoBack = turn !== null && done > 0;
  return (
    <DialogFrame
      footer={
        <>
          {canGoBack && (
            <Button kind="ghost" onClick={() => void takeBackApplied(app, taskId, turn)}>
              Undo
            </Button>
          )}
          <Button kind="solid" autoFocus onClick={() => closeReview(app)}>
            Done
          </Button>
        </>
      }
    >
      <p role="status">{reviewResult(verb, stage)}</p>
      <LeftFiles left={left} label="Still pending" />
      {canGoBack && (
        <p className="mt-2 text-small text-soft">
          The applied changes are listed as a turn. You can undo them there or here.
        </p>
      )}
    </DialogFrame>
  );
}
