import { Ellipsis, FileDown, PanelLeft, PanelRight, Pencil, Trash2, Undo2 } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { TaskSummary } from '../../../schema/task-summary';
import { useApp, useAppState } from '../state/app-context';
import { openDialog, updateUi } from '../../store/app-store';
import { IconButton } from '../../ui/IconButton';
import { keysFor } from '../../ui/keys';
import { useIsAtLeast } from '../../ui/media';
import { Menu, MenuCheck, MenuItem } from '../../ui/Menu';
import { exportApprovalLog } from '../approvals/approval-actions';
import { ReviewMark } from '../changes/ReviewMark';
import { setReviewing } from '../changes/review-actions';
import { takeBackLast } from '../changes/take-back-actions';
import { toggleFiles } from '../artifacts/toggle-files';
import { ModelPicker } from '../models/ModelPicker';
import { Scope } from './Scope';
import { setModel } from './task-actions';
import { isBusy } from '../../store/task-summaries';
import { Usage } from './Usage';

/** A task's name, what it may change, and where it runs. */
export function TaskHeader({ task }: { readonly task: TaskSummary }) {
  const app = useApp();
  const isWide = useIsAtLeast('wide');
  const isShown = useAppState((state) => (isWide ? state.ui.isPanelOpen : state.ui.isDrawerOpen));
  return (
    <header className="border-b border-line pt-2 pr-3 pb-2.5 pl-6 max-narrow:pl-3">
      <div className="flex h-8 items-center gap-1.5">
        <IconButton
          icon={PanelLeft}
          label="Show tasks"
          className="narrow:hidden"
          onClick={() => updateUi(app.store, { isSidebarOpen: true })}
        />
        <h1 className="min-w-0 flex-1 truncate text-title font-semibold tracking-tight">{task.title}</h1>
        <Usage usage={task.usage} />
        <ModelPicker
          value={task.model}
          onChange={(model) => void setModel(app, task.taskId, model)}
          isDisabled={isBusy(task)}
          isQuiet
        />
        <Menu label="More" icon={Ellipsis}>
          <MenuItem icon={Pencil} onSelect={() => openDialog(app.store, 'rename')}>
            Rename…
          </MenuItem>
          <MenuItem icon={Undo2} onSelect={() => void takeBackLast(app)}>
            Undo last turn…
          </MenuItem>
          <MenuItem icon={FileDown} onSelect={() => void exportApprovalLog(app, task.taskId)}>
            Export approval history
          </MenuItem>
          {task.workingFolder !== null && (
            <MenuCheck isOn={task.reviewsChanges} onChange={(isOn) => void setReviewing(app, task.taskId, isOn)}>
              Review changes before applying
            </MenuCheck>
          )}
          <DropdownMenu.Separator className="mx-2 my-1 h-px bg-line" />
          <MenuItem icon={Trash2} isDangerous onSelect={() => openDialog(app.store, 'remove')}>
            Remove task…
          </MenuItem>
        </Menu>
        <IconButton
          icon={PanelRight}
          label={isShown ? 'Hide files' : 'Show files'}
          keys={keysFor('files')}
          className={isShown ? 'bg-hover text-ink' : ''}
          onClick={() => toggleFiles(app)}
        />
      </div>
      <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
        <Scope folder={task.workingFolder} />
        <ReviewMark taskId={task.taskId} />
      </div>
    </header>
  );
}
