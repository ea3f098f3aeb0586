import { AlertDialog } from 'radix-ui';
import { useApp, useAppState } from '../state/app-context';
import { updateUi } from '../../store/app-store';
import { Button } from '../../ui/Button';
import { removeTask } from './task-actions';

/** Asks before a task is removed, and says what stays. */
export function RemoveDialog() {
  const app = useApp();
  const isOpen = useAppState((state) => state.ui.dialog === 'remove');
  const taskId = useAppState((state) => state.ui.selectedTaskId);
  const title = useAppState((state) => (taskId === null ? undefined : state.host.tasks[taskId]?.title));
  if (taskId === null || title === undefined) return null;
  const close = (): void => updateUi(app.store, { dialog: null });
  return (
    <AlertDialog.Root open={isOpen} onOpenChange={(open) => !open && close()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="enter-fade fixed inset-0 z-40 bg-scrim" />
        <AlertDialog.Content className="enter-rise fixed inset-x-4 top-[20vh] z-40 mx-auto max-w-md rounded-dialog border border-line bg-raised p-5 shadow-dialog outline-none">
          <AlertDialog.Title className="text-title font-semibold tracking-tight">
            Remove “{title}” from the list?
          </AlertDialog.Title>
          <AlertDialog.Description className="mt-2 text-base text-soft">
            Its folder isn't touched. Piwork keeps its conversation, outputs and uploads on this computer.
          </AlertDialog.Description>
          <div className="mt-5 flex justify-end gap-2">
            <AlertDialog.Cancel asChild>
              <Button kind="ghost">Cancel</Button>
            </AlertDialog.Cancel>
            <Button
              kind="danger"
              onClick={() => {
                close();
                void removeTask(app, taskId);
              }}
            >
              Remove
            </Button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
