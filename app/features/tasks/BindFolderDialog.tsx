import { useApp, useAppState } from '../state/app-context';
import { updateUi } from '../../store/app-store';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { FolderField } from './FolderField';
import { bindFolder } from './new-task-actions';

/** Adds a folder to a task that was created without one. */
export function BindFolderDialog() {
  const app = useApp();
  const isOpen = useAppState((state) => state.ui.dialog === 'bind_folder');
  const isBusy = useAppState((state) => state.ui.folder.isBusy);
  const isEmpty = useAppState((state) => state.ui.folder.typed.trim() === '');
  const taskId = useAppState((state) => state.ui.selectedTaskId);
  const close = (): void => updateUi(app.store, { dialog: null });
  return (
    <Dialog
      title="Add folder"
      description="A task keeps its folder. To work in another one, create a new task."
      isOpen={isOpen && taskId !== null}
      onClose={close}
    >
      <form
        className="flex min-h-0 flex-col"
        onSubmit={(event) => {
          event.preventDefault();
          if (taskId !== null) void bindFolder(app, taskId);
        }}
      >
        <div className="min-h-0 overflow-y-auto px-5 pt-2 pb-4">
          <FolderField />
        </div>
        <footer className="flex justify-end gap-2 border-t border-line px-5 py-3">
          <Button kind="ghost" onClick={close}>
            Cancel
          </Button>
          <Button kind="solid" type="submit" disabled={isBusy || isEmpty}>
            Add folder
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
