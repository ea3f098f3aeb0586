import { ChevronLeft, ChevronRight, Copy, Download, X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { KeyboardEvent } from 'react';
import type { Artifact } from '../../../schema/artifacts';
import { useApp, useAppState } from '../state/app-context';
import { useCopy } from '../../ui/copy';
import { focusFrame } from '../../ui/focus-frame';
import { baseName, formatBytes } from '../../ui/format';
import { IconButton } from '../../ui/IconButton';
import { previewFile } from './preview-file';
import { toast } from '../../connection/attempt';
import { fileKey, filePlace, neighbour } from './artifacts.logic';
import { PreviewContent } from './PreviewContent';
import { wholeContent } from './whole-content';
import { saveCopy } from '../../ui/save-copy';
import { visibleText } from '../../ui/visible-text';

/** A large preview of a file; the arrow keys go to the next one. */
export function PreviewDialog() {
  const app = useApp();
  const taskId = useAppState((state) => state.ui.selectedTaskId);
  const previewed = useAppState((state) => state.ui.previewed);
  const file = useAppState((state) =>
    taskId === null || previewed === null
      ? undefined
      : state.host.artifacts[taskId]?.artifacts.find((artifact) => fileKey(artifact) === previewed),
  );
  const artifacts = useAppState((state) => (taskId === null ? undefined : state.host.artifacts[taskId]?.artifacts));
  const close = (): void => previewFile(app, null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : null;
    if (step === null || !file || scrollsSideways(event.target)) return;
    const next = neighbour(artifacts ?? [], fileKey(file), step);
    if (next) previewFile(app, next);
  };
  return (
    <Dialog.Root open={file !== undefined} onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="enter-fade fixed inset-0 z-40 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          // So that the arrow keys work immediately.
          onOpenAutoFocus={focusFrame}
          onKeyDown={onKeyDown}
          className="enter-rise fixed inset-x-4 top-[6vh] z-40 mx-auto flex h-[86vh] max-w-5xl flex-col overflow-hidden rounded-dialog border border-line bg-raised shadow-dialog outline-none"
        >
          {taskId !== null && file && <PreviewFrame taskId={taskId} file={file} />}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** In a wide table or text, the arrow keys scroll. */
const scrollsSideways = (target: EventTarget): boolean =>
  target instanceof HTMLElement && target.scrollWidth > target.clientWidth;

function PreviewFrame({ taskId, file }: { readonly taskId: string; readonly file: Artifact }) {
  const app = useApp();
  const copy = useCopy();
  const artifacts = useAppState((state) => state.host.artifacts[taskId]?.artifacts) ?? [];
  const stateFolder = useAppState((state) => state.host.snapshot?.app.stateFolder ?? '');
  const shown = useAppState((state) => (state.ui.preview?.key === fileKey(file) ? state.ui.preview : null));
  const name = visibleText(baseName(file.path));
  const [before, after] = ([-1, 1] as const).map((step) => neighbour(artifacts, fileKey(file), step));
  const content = shown?.preview ? wholeContent(shown.preview) : null;

  const copyPlace = async (): Promise<void> => {
    if (await copy(filePlace(stateFolder, taskId, file))) toast(app, 'info', 'Path copied');
  };

  return (
    <>
      <header className="flex h-13 shrink-0 items-center gap-1 border-b border-line pr-3 pl-5">
        <div className="flex min-w-0 flex-1 items-baseline gap-3">
          <Dialog.Title className="truncate text-title font-semibold tracking-tight">{name}</Dialog.Title>
          <p className="shrink-0 text-small text-faint tabular-nums">
            {file.area} · {formatBytes(file.bytes)}
          </p>
        </div>
        <IconButton
          icon={ChevronLeft}
          label="Previous file"
          keys="←"
          disabled={!before}
          onClick={() => before && previewFile(app, before)}
        />
        <IconButton
          icon={ChevronRight}
          label="Next file"
          keys="→"
          disabled={!after}
          onClick={() => after && previewFile(app, after)}
        />
        <span aria-hidden className="mx-1.5 h-4 w-px bg-line" />
        <IconButton icon={Copy} label="Copy path" onClick={() => void copyPlace()} />
        {content && <IconButton icon={Download} label="Save a copy" onClick={() => saveCopy(name, content)} />}
        <IconButton icon={X} label="Close" onClick={() => previewFile(app, null)} />
      </header>
      {shown?.preview && <PreviewContent preview={shown.preview} name={name} />}
      {shown?.problem && <p className="m-auto max-w-md px-6 text-center text-base text-danger">{shown.problem}</p>}
      {shown?.preview && 'isTruncated' in shown.preview && shown.preview.isTruncated && (
        <p className="shrink-0 border-t border-line bg-sunken px-5 py-1.5 text-small text-soft">
          Only the beginning is shown. Copy the path to open the whole file.
        </p>
      )}
    </>
  );
}
