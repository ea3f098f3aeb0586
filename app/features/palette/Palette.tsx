import { Command } from 'cmdk';
import {
  Folder,
  Keyboard,
  MoonStar,
  PanelRight,
  Pencil,
  Redo2,
  Settings,
  Square,
  SquarePen,
  Sun,
  Undo2,
  type LucideIcon,
} from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { TaskSummary } from '../../../schema/task-summary';
import { useApp, useAppState } from '../state/app-context';
import type { App } from '../../connection/app';
import { openDialog, selectTask, updateUi } from '../../store/app-store';
import { hasApproval, needsReview } from '../../store/host-state';
import { Kbd } from '../../ui/Kbd';
import { keysFor } from '../../ui/keys';
import { StatusDot } from '../../ui/StatusDot';
import { baseName } from '../../ui/format';
import { redoLast, takeBackLast } from '../changes/take-back-actions';
import { toggleFiles } from '../artifacts/toggle-files';
import { setTheme } from '../settings/settings-actions';
import { openNewTask } from '../tasks/new-task-actions';
import { stopTask } from '../conversation/run-actions';
import { taskStatus, type TaskStatus } from '../tasks/TaskRow.logic';
import { isBusy, orderTasks } from '../../store/task-summaries';

interface PaletteCommand {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly keys?: string;
  readonly run: () => void;
}

/** Every command and task, found by typing. */
export function Palette() {
  const app = useApp();
  const isOpen = useAppState((state) => state.ui.dialog === 'palette');
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => !open && updateUi(app.store, { dialog: null })}>
      <Dialog.Portal>
        <Dialog.Overlay className="enter-fade fixed inset-0 z-40 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          className="enter-rise fixed inset-x-4 top-[14vh] z-40 mx-auto max-w-xl overflow-hidden rounded-dialog border border-line bg-raised shadow-dialog outline-none"
        >
          <Dialog.Title className="sr-only">Commands</Dialog.Title>
          <PaletteContent />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

const itemClass = 'flex h-9 items-center gap-3 rounded-base px-3 text-base data-[selected=true]:bg-hover';
const groupClass =
  '[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-2.5 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-small [&_[cmdk-group-heading]]:text-faint';

function PaletteContent() {
  const app = useApp();
  const tasks = useAppState((state) => state.host.tasks);
  const unread = useAppState((state) => state.ui.unread);
  const selected = useAppState((state) =>
    state.ui.selectedTaskId === null ? undefined : state.host.tasks[state.ui.selectedTaskId],
  );
  const host = useAppState((state) => state.host);
  const statusOf = (task: TaskSummary): TaskStatus =>
    taskStatus(task, {
      isUnread: unread[task.taskId] ?? false,
      isHeld: hasApproval(host, task.taskId),
      hasReview: needsReview(host, task.taskId),
    });
  const choose = (run: () => void) => (): void => {
    updateUi(app.store, { dialog: null });
    run();
  };
  return (
    <Command label="Search tasks and commands" loop>
      <Command.Input
        placeholder="Search tasks and commands…"
        className="frame-focus h-12 w-full border-b border-line bg-transparent px-4 text-read outline-none"
      />
      <Command.List className="max-h-[min(24rem,50vh)] overflow-y-auto p-1.5">
        <Command.Empty className="px-3 py-8 text-center text-base text-faint">No results.</Command.Empty>
        <Command.Group heading="Commands" className={groupClass}>
          {commandsOf(app, selected).map(({ label, icon: Icon, keys, run }) => (
            <Command.Item key={label} value={label} onSelect={choose(run)} className={itemClass}>
              <Icon aria-hidden size={15} strokeWidth={1.75} className="text-faint" />
              <span className="flex-1">{label}</span>
              {keys !== undefined && <Kbd keys={keys} />}
            </Command.Item>
          ))}
        </Command.Group>
        {Object.keys(tasks).length > 0 && (
          <Command.Group heading="Tasks" className={groupClass}>
            {orderTasks(tasks).map((taskId) => {
              const task = tasks[taskId];
              return (
                task && (
                  <Command.Item
                    key={taskId}
                    value={`${task.title} ${taskId}`}
                    onSelect={choose(() => selectTask(app.store, taskId))}
                    className={itemClass}
                  >
                    <StatusDot kind={statusOf(task).dot} className="mx-[3.5px]" />
                    <span className="min-w-0 flex-1 truncate">{task.title}</span>
                    {task.workingFolder !== null && (
                      <span className="flex items-center gap-1.5 text-small text-faint">
                        <Folder aria-hidden size={12} />
                        {baseName(task.workingFolder)}
                      </span>
                    )}
                  </Command.Item>
                )
              );
            })}
          </Command.Group>
        )}
      </Command.List>
    </Command>
  );
}

function commandsOf(
  app: App,
  selected: (Parameters<typeof isBusy>[0] & { taskId: string }) | undefined,
): readonly PaletteCommand[] {
  const open = (dialog: 'rename' | 'shortcuts') => (): void => openDialog(app.store, dialog);
  const ofTask: readonly PaletteCommand[] = selected
    ? [
        ...(isBusy(selected)
          ? [{ label: 'Stop run', icon: Square, keys: 'Esc', run: () => void stopTask(app, selected.taskId) }]
          : []),
        {
          label: 'Undo last turn',
          icon: Undo2,
          keys: keysFor('take_back'),
          run: () => void takeBackLast(app),
        },
        { label: 'Redo last turn', icon: Redo2, keys: keysFor('redo'), run: () => void redoLast(app) },
        { label: 'Rename task', icon: Pencil, run: open('rename') },
        { label: 'Show or hide files', icon: PanelRight, keys: keysFor('files'), run: () => toggleFiles(app) },
      ]
    : [];
  return [
    { label: 'New task', icon: SquarePen, keys: keysFor('new_task'), run: () => openNewTask(app) },
    ...ofTask,
    {
      label: 'Settings',
      icon: Settings,
      keys: keysFor('settings'),
      run: () => openDialog(app.store, 'settings', { settingsPage: 'general' }),
    },
    { label: 'Use light theme', icon: Sun, run: () => void setTheme(app, 'light') },
    { label: 'Use dark theme', icon: MoonStar, run: () => void setTheme(app, 'dark') },
    { label: 'Use system theme', icon: MoonStar, run: () => void setTheme(app, 'system') },
    { label: 'Keyboard shortcuts', icon: Keyboard, keys: '?', run: open('shortcuts') },
  ];
}
