import { Search, Settings, SquarePen } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useApp, useAppState } from '../state/app-context';
import { openDialog, updateUi } from '../../store/app-store';
import { focusFrame } from '../../ui/focus-frame';
import { IconButton } from '../../ui/IconButton';
import { Kbd } from '../../ui/Kbd';
import { keysFor } from '../../ui/keys';
import { useIsAtLeast } from '../../ui/media';
import { Mark } from '../../ui/Mark';
import { WorkspaceStatus } from '../workspace/WorkspaceStatus';
import { openNewTask } from './new-task-actions';
import { TaskList } from './TaskList';

/** The tasks and the workspace's state; a drawer where the page is very narrow. */
export function Sidebar() {
  const app = useApp();
  const isBeside = useIsAtLeast('narrow');
  const isOpen = useAppState((state) => state.ui.isSidebarOpen);
  if (isBeside) {
    return (
      <div className="flex w-56 shrink-0 flex-col border-r border-line bg-side wide:w-64">
        <SidebarContent />
      </div>
    );
  }
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => updateUi(app.store, { isSidebarOpen: open })}>
      <Dialog.Portal>
        <Dialog.Overlay className="enter-fade fixed inset-0 z-30 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          onOpenAutoFocus={focusFrame}
          className="fixed inset-y-0 left-0 z-30 flex w-72 max-w-[85vw] flex-col bg-side shadow-dialog outline-none"
        >
          <Dialog.Title className="sr-only">Tasks</Dialog.Title>
          <SidebarContent />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function SidebarContent() {
  const app = useApp();
  return (
    <>
      <header>
        <div className="flex h-[50px] shrink-0 items-center gap-2.5 pr-2 pl-4">
          <Mark />
          <span className="flex-1 text-title font-semibold tracking-tight">Piwork</span>
          <IconButton
            icon={Search}
            label="Search tasks and commands"
            keys={keysFor('palette')}
            // Below the button, the hint would cover the button for a new task and take its clicks.
            hintSide="right"
            onClick={() => openDialog(app.store, 'palette')}
          />
        </div>
        <div className="px-2 pb-2">
          <button
            type="button"
            onClick={() => openNewTask(app)}
            className="flex h-9 w-full items-center gap-2.5 rounded-base border border-line bg-raised px-2.5 text-base font-medium shadow-card transition-colors hover:border-line-strong"
          >
            <SquarePen aria-hidden size={15} strokeWidth={1.75} className="text-soft" />
            <span className="flex-1 text-left">New task</span>
            <span aria-hidden>
              <Kbd keys={keysFor('new_task')} />
            </span>
          </button>
        </div>
      </header>
      <TaskList />
      <div className="flex shrink-0 items-end gap-0.5 border-t border-line p-2">
        <WorkspaceStatus />
        <IconButton
          icon={Settings}
          label="Settings"
          keys={keysFor('settings')}
          hintSide="top"
          onClick={() => openDialog(app.store, 'settings', { settingsPage: 'general' })}
        />
      </div>
    </>
  );
}
