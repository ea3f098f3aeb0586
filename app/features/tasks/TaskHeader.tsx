import { Ellipsis, Folder, Laptop, Lock, PanelLeft, PanelRight, Pencil, Trash2 } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { TaskSummary } from '../../../schema/app-api';
import { useApp, useAppState } from '../../app-context';
import { updateUi } from '../../store/app-store';
import { shortPath } from '../../ui/format';
import { IconButton } from '../../ui/IconButton';
import { keysFor } from '../../ui/keys';
import { useIsAtLeast } from '../../ui/media';
import { Menu, MenuItem } from '../../ui/Menu';
import { Tooltip } from '../../ui/Tooltip';
import { toggleFiles } from '../files/toggle-files';
import { ModelPicker } from '../models/ModelPicker';
import { setModel } from './task-actions';
import { isBusy } from './TaskRow.logic';
import { Usage } from './Usage';

/** A task's name, what it may touch, and where it runs. */
export function TaskHeader({ task }: { readonly task: TaskSummary }) {
  const app = useApp();
  const isWide = useIsAtLeast('wide');
  const isShown = useAppState((state) => (isWide ? state.ui.isPanelOpen : state.ui.isDrawerOpen));
  return (
    <header className="flex min-h-14 items-center gap-1.5 border-b border-line py-2 pr-3 pl-6 max-narrow:pl-3">
      <IconButton
        icon={PanelLeft}
        label="Show tasks"
        className="narrow:hidden"
        onClick={() => updateUi(app.store, { isSidebarOpen: true })}
      />
      <div className="min-w-0 flex-1">
        <h1 className="truncate text-title font-semibold tracking-tight">{task.title}</h1>
        <Scope folder={task.workingFolder} />
      </div>
      <Usage usage={task.usage} />
      <ModelPicker
        value={task.model}
        onChange={(model) => void setModel(app, task.taskId, model)}
        isDisabled={isBusy(task)}
        isQuiet
      />
      <Menu label="More" icon={Ellipsis}>
        <MenuItem icon={Pencil} onSelect={() => updateUi(app.store, { dialog: 'rename' })}>
          Rename…
        </MenuItem>
        <DropdownMenu.Separator className="mx-2 my-1 h-px bg-line" />
        <MenuItem icon={Trash2} isDangerous onSelect={() => updateUi(app.store, { dialog: 'remove' })}>
          Remove from the list…
        </MenuItem>
      </Menu>
      <IconButton
        icon={PanelRight}
        label={isShown ? 'Hide files' : 'Show files'}
        keys={keysFor('files')}
        className={isShown ? 'bg-hover text-ink' : ''}
        onClick={() => toggleFiles(app)}
      />
    </header>
  );
}

/** What the task may touch; always on screen. */
function Scope({ folder }: { readonly folder: string | null }) {
  const home = useAppState((state) => state.host.snapshot?.app.home ?? '');
  const Icon = folder === null ? Lock : Folder;
  return (
    <p className="flex min-w-0 items-center gap-1.5 text-small text-soft">
      <Icon aria-hidden size={13} className="shrink-0 text-accent" />
      {folder === null ? (
        <span className="truncate">sees no folder of yours, only files you give it</span>
      ) : (
        <Tooltip text={folder}>
          <span className="min-w-0 truncate">
            works in <span className="font-medium text-ink">{shortPath(folder, home)}</span> only
          </span>
        </Tooltip>
      )}
      <span aria-hidden className="text-faint">
        ·
      </span>
      <Laptop aria-hidden size={13} className="shrink-0 text-faint" />
      <span className="shrink-0 whitespace-nowrap max-narrow:sr-only">runs on this computer</span>
    </p>
  );
}
