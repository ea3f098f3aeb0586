import { FolderLock, KeyRound, Puzzle, SlidersHorizontal, type LucideIcon } from 'lucide-react';
import { Tabs } from 'radix-ui';
import { useApp, useAppState } from '../state/app-context';
import { updateUi } from '../../store/app-store';
import type { UiState } from '../../store/ui-state';
import { Dialog } from '../../ui/Dialog';
import { ExtensionsPage } from './ExtensionsPage';
import { FilesPage } from './FilesPage';
import { GeneralPage } from './GeneralPage';
import { ModelsPage } from './ModelsPage';

const pages: readonly { readonly name: UiState['settingsPage']; readonly label: string; readonly icon: LucideIcon }[] =
  [
    { name: 'general', label: 'General', icon: SlidersHorizontal },
    { name: 'files', label: 'Files and approvals', icon: FolderLock },
    { name: 'models', label: 'Models and keys', icon: KeyRound },
    { name: 'extensions', label: 'Extensions', icon: Puzzle },
  ];

/** All settings. Each is saved when it is changed. */
export function SettingsDialog() {
  const app = useApp();
  const isOpen = useAppState((state) => state.ui.dialog === 'settings');
  const page = useAppState((state) => state.ui.settingsPage);
  return (
    <Dialog title="Settings" isOpen={isOpen} onClose={() => updateUi(app.store, { dialog: null })} size="large">
      <Tabs.Root
        value={page}
        orientation="vertical"
        onValueChange={(chosen) => {
          const settingsPage = pages.find(({ name }) => name === chosen)?.name ?? 'general';
          updateUi(app.store, { settingsPage });
        }}
        className="flex min-h-0 flex-1 border-t border-line max-narrow:flex-col"
      >
        <Tabs.List
          aria-label="Pages"
          className="flex w-48 shrink-0 flex-col gap-0.5 border-r border-line bg-sunken p-2 max-narrow:w-full max-narrow:flex-row max-narrow:overflow-x-auto max-narrow:border-r-0 max-narrow:border-b"
        >
          {pages.map(({ name, label, icon: Icon }) => (
            <Tabs.Trigger
              key={name}
              value={name}
              className="flex h-8 shrink-0 items-center gap-2.5 rounded-base px-2.5 text-left text-base whitespace-nowrap text-soft transition-colors hover:bg-hover data-[state=active]:bg-pressed data-[state=active]:font-medium data-[state=active]:text-ink"
            >
              <Icon aria-hidden size={15} strokeWidth={1.75} className="max-narrow:hidden" />
              {label}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <Tabs.Content value="general" className="min-h-0 flex-1 overflow-y-auto -outline-offset-2">
          <GeneralPage />
        </Tabs.Content>
        <Tabs.Content value="files" className="min-h-0 flex-1 overflow-y-auto -outline-offset-2">
          <FilesPage />
        </Tabs.Content>
        <Tabs.Content value="models" className="min-h-0 flex-1 overflow-y-auto -outline-offset-2">
          <ModelsPage />
        </Tabs.Content>
        <Tabs.Content value="extensions" className="min-h-0 flex-1 overflow-y-auto -outline-offset-2">
          <ExtensionsPage />
        </Tabs.Content>
      </Tabs.Root>
    </Dialog>
  );
}
