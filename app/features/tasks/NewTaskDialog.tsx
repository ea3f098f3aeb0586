import { useApp, useAppState } from '../state/app-context';
import { updateUi } from '../../store/app-store';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Field } from '../../ui/Field';
import { Switch } from '../../ui/Switch';
import { ModelPicker } from '../models/ModelPicker';
import { FolderField } from './FolderField';
import { editNewTask, submitNewTask } from './new-task-actions';

const reviewLabel = 'Review changes before applying';

/** Creates a task: a title, the one folder it may change, and its model. */
export function NewTaskDialog() {
  const app = useApp();
  const isOpen = useAppState((state) => state.ui.dialog === 'new_task');
  const title = useAppState((state) => state.ui.newTask.title);
  const model = useAppState((state) => state.ui.newTask.model ?? state.host.snapshot?.settings.defaultModel ?? '');
  const reviewsChanges = useAppState((state) => state.ui.newTask.reviewsChanges);
  const hasFolder = useAppState((state) => state.ui.folder.typed.trim() !== '');
  const isBusy = useAppState((state) => state.ui.folder.isBusy);
  const close = (): void => updateUi(app.store, { dialog: null });
  return (
    <Dialog title="New task" isOpen={isOpen} onClose={close}>
      <form
        className="flex min-h-0 flex-col"
        onSubmit={(event) => {
          event.preventDefault();
          void submitNewTask(app);
        }}
      >
        <div className="min-h-0 space-y-4 overflow-y-auto px-5 pt-2 pb-4">
          <Field
            label="Title"
            value={title}
            maxLength={200}
            placeholder="Defaults to the folder's name"
            onChange={(event) => editNewTask(app, { title: event.target.value })}
          />
          <FolderField />
          {hasFolder && (
            <div className="flex items-center justify-between gap-4">
              <div className="min-w-0">
                <p className="text-base font-medium">{reviewLabel}</p>
                <p className="text-small text-soft">The folder stays unchanged until you apply the agent's changes.</p>
              </div>
              <Switch
                label={reviewLabel}
                isOn={reviewsChanges}
                onChange={(isOn) => editNewTask(app, { reviewsChanges: isOn })}
              />
            </div>
          )}
          <div>
            <p className="mb-1 text-base font-medium">Model</p>
            <ModelPicker value={model} onChange={(chosen) => editNewTask(app, { model: chosen })} />
          </div>
        </div>
        <footer className="flex items-center gap-2 border-t border-line px-5 py-3">
          <p className="flex-1 text-small text-faint">Runs in a virtual machine on this computer.</p>
          <Button kind="ghost" onClick={close}>
            Cancel
          </Button>
          <Button kind="solid" type="submit" disabled={isBusy}>
            Create task
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
