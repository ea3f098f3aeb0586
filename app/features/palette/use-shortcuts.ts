import { useEffect } from 'react';
import type { App } from '../../connection/app';
import { openDialog, selectTask, updateUi } from '../../store/app-store';
import { isMac, pressedShortcut, type ShortcutName } from '../../ui/keys';
import { firstDeny } from '../approvals/first-deny';
import { redoLast, takeBackLast } from '../changes/take-back-actions';
import { toggleFiles } from '../artifacts/toggle-files';
import { openNewTask } from '../tasks/new-task-actions';
import { orderTasks } from '../../store/task-summaries';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

function stepTask({ store }: App, step: 1 | -1): void {
  const { host, ui } = store.getState();
  const taskIds = orderTasks(host.tasks);
  const at = ui.selectedTaskId === null ? -1 : taskIds.indexOf(ui.selectedTaskId);
  const next = taskIds[at < 0 ? 0 : at + step];
  if (next !== undefined) selectTask(store, next);
}

/** Shortcuts that don't work behind an open dialog. */
const covered: ReadonlySet<ShortcutName> = new Set(['question', 'take_back', 'redo']);

function perform(app: App, name: ShortcutName): void {
  switch (name) {
    case 'palette':
      return updateUi(app.store, ({ dialog }) => ({ dialog: dialog === 'palette' ? null : 'palette' }));
    case 'new_task':
      return openNewTask(app);
    case 'shortcuts':
      return openDialog(app.store, 'shortcuts');
    case 'settings':
      return openDialog(app.store, 'settings', { settingsPage: 'general' });
    case 'files':
      return toggleFiles(app);
    case 'question':
      return document.querySelector<HTMLElement>(firstDeny)?.focus();
    case 'take_back':
      return void takeBackLast(app);
    case 'redo':
      return void redoLast(app);
    case 'next_task':
      return stepTask(app, 1);
    case 'previous_task':
      return stepTask(app, -1);
  }
}

/** Listens for the page's shortcuts. */
export function useShortcuts(app: App): void {
  // Syncs with the keyboard, wherever the focus is.
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const name = pressedShortcut(event, isMac());
      if (name === null || event.isComposing) return;
      if (name === 'shortcuts' && isTyping(event.target)) return;
      const { dialog, connection, takeBack, review, compared, previewed } = app.store.getState().ui;
      // A dialog keeps the keyboard; only the palette closes with its own shortcut.
      if (connection.kind === 'no_session' || (dialog !== null && !(dialog === 'palette' && name === 'palette')))
        return;
      const isCovered = takeBack !== null || review !== null || compared !== null || previewed !== null;
      if (isCovered && covered.has(name)) return;
      event.preventDefault();
      perform(app, name);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [app]);
}
