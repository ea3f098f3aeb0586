import { useState } from 'react';
import { useApp, useAppState } from '../state/app-context';
import { updateUi } from '../../store/app-store';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Field } from '../../ui/Field';
import { renameTask } from './task-actions';

/** Gives the shown task another title. */
export function RenameDialog() {
  const app = useApp();
  const isOpen = useAppState((state) => state.ui.dialog === 'rename');
  const taskId = useAppState((state) => state.ui.selectedTaskId);
  const title = useAppState((state) => (taskId === null ? undefined : state.host.tasks[taskId]?.title));
  const close = (): void => updateUi(app.store, { dialog: null });
  if (taskId === null || title === undefined) return null;
  return (
    <Dialog title="Rename task" isOpen={isOpen} onClose={close} size="small">
      <RenameForm
        title={title}
        onCancel={close}
        onRename={(chosen) => {
          void renameTask(app, taskId, chosen).then((wasRenamed) => {
            if (wasRenamed) close();
          });
        }}
      />
    </Dialog>
  );
}

interface RenameFormProps {
  readonly title: string;
  readonly onCancel: () => void;
  readonly onRename: (title: string) => void;
}

function RenameForm({ title, onCancel, onRename }: RenameFormProps) {
  const [typed, setTyped] = useState(title);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.trim() !== '') onRename(typed.trim());
      }}
    >
      <Field
        label="Title"
        value={typed}
        maxLength={200}
        onChange={(event) => setTyped(event.target.value)}
        onFocus={(event) => event.target.select()}
        className="px-5 pt-2 pb-4"
      />
      <footer className="flex justify-end gap-2 border-t border-line px-5 py-3">
        <Button kind="ghost" onClick={onCancel}>
          Cancel
        </Button>
        <Button kind="solid" type="submit" disabled={typed.trim() === ''}>
          Rename
        </Button>
      </footer>
    </form>
  );
}
