import { Tooltip } from 'radix-ui';
import { useApp, useAppState } from '../state/app-context';
import { CompareDialog } from '../changes/CompareDialog';
import { ReviewDialog } from '../changes/ReviewDialog';
import { TakeBackDialog } from '../changes/TakeBackDialog';
import { ConnectionBanner } from '../connection/ConnectionBanner';
import { NoSession } from '../connection/NoSession';
import { PreviewDialog } from '../artifacts/PreviewDialog';
import { SetAsideNotice } from '../notices/SetAsideNotice';
import { Announcer } from '../notices/Announcer';
import { Toasts } from '../notices/Toasts';
import { Palette } from '../palette/Palette';
import { Shortcuts } from '../palette/Shortcuts';
import { useShortcuts } from '../palette/use-shortcuts';
import { SettingsDialog } from '../settings/SettingsDialog';
import { BindFolderDialog } from '../tasks/BindFolderDialog';
import { NewTaskDialog } from '../tasks/NewTaskDialog';
import { RemoveDialog } from '../tasks/RemoveDialog';
import { RenameDialog } from '../tasks/RenameDialog';
import { Sidebar } from '../tasks/Sidebar';
import { TaskView } from '../tasks/TaskView';
import { Welcome } from '../tasks/Welcome';
import { WorkspaceBanner } from '../workspace/WorkspaceBanner';

/** The whole page. */
export function AppShell() {
  const app = useApp();
  const hasSession = useAppState((state) => state.ui.connection.kind !== 'no_session');
  const isLoaded = useAppState((state) => state.host.snapshot !== null);
  const taskId = useAppState((state) => state.ui.selectedTaskId);
  const isThere = useAppState((state) => taskId !== null && taskId in state.host.tasks);
  useShortcuts(app);

  if (!hasSession) return <NoSession />;
  return (
    <Tooltip.Provider delayDuration={500} skipDelayDuration={200}>
      <div className="flex h-full">
        <Sidebar />
        <div className="flex min-w-0 flex-1 flex-col">
          <ConnectionBanner />
          <WorkspaceBanner />
          <SetAsideNotice />
          {!isLoaded && <p className="appear-late m-auto text-base text-faint">Connecting to Piwork…</p>}
          {isLoaded && (taskId !== null && isThere ? <TaskView taskId={taskId} /> : <Welcome />)}
        </div>
      </div>
      <NewTaskDialog />
      <BindFolderDialog />
      <RenameDialog />
      <RemoveDialog />
      <SettingsDialog />
      <PreviewDialog />
      <CompareDialog />
      <TakeBackDialog />
      <ReviewDialog />
      <Palette />
      <Shortcuts />
      <Toasts />
      <Announcer />
    </Tooltip.Provider>
  );
}
