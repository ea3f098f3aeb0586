import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useApp, useAppState } from '../state/app-context';
import { updateUi } from '../../store/app-store';
import { focusFrame } from '../../ui/focus-frame';
import { IconButton } from '../../ui/IconButton';
import { useIsAtLeast } from '../../ui/media';
import { ChangesSection } from '../changes/ChangesSection';
import { focusComposer } from '../../ui/composer-focus';
import { FileSections } from '../artifacts/FileSections';

/** The task's outputs, uploads and changes: beside the conversation, or in a drawer if the page is narrow. */
export function FilesPanel({ taskId }: { readonly taskId: string }) {
  const app = useApp();
  const isWide = useIsAtLeast('wide');
  const isPanelOpen = useAppState((state) => state.ui.isPanelOpen);
  const isDrawerOpen = useAppState((state) => state.ui.isDrawerOpen);
  if (isWide) {
    return isPanelOpen ? (
      <aside aria-label="Files" className="flex w-72 shrink-0 flex-col overflow-y-auto border-l border-line bg-main">
        <FileSections taskId={taskId} />
        <ChangesSection taskId={taskId} />
      </aside>
    ) : null;
  }
  const close = (): void => updateUi(app.store, { isDrawerOpen: false });
  return (
    <Dialog.Root open={isDrawerOpen} onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="enter-fade fixed inset-0 z-30 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          onOpenAutoFocus={focusFrame}
          onCloseAutoFocus={() => {
            // Right after this, the focus returns if it can.
            queueMicrotask(() => document.activeElement === document.body && focusComposer());
          }}
          className="enter-side fixed inset-y-0 right-0 z-30 flex w-80 max-w-[90vw] flex-col overflow-y-auto border-l border-line bg-main shadow-dialog outline-none"
        >
          <header className="flex h-14 shrink-0 items-center justify-between pr-3 pl-4">
            <Dialog.Title className="text-title font-semibold tracking-tight">Files</Dialog.Title>
            <IconButton icon={X} label="Close" onClick={close} />
          </header>
          <FileSections taskId={taskId} />
          <ChangesSection taskId={taskId} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
