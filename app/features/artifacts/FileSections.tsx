import { File, FileCode, FileImage, FileSpreadsheet, FileText, Plus, type LucideIcon } from 'lucide-react';
import { useRef } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { Artifact, ArtifactArea } from '../../../schema/artifacts';
import { useApp, useAppState } from '../state/app-context';
import { useNow } from '../../ui/clock';
import { baseName, formatAgo, formatBytes } from '../../ui/format';
import { IconButton } from '../../ui/IconButton';
import { visibleText } from '../../ui/visible-text';
import { previewFile } from './preview-file';
import { uploadFiles } from './file-actions';
import { fileKey, fileKind, filesOf, type FileKind } from './artifacts.logic';

const icons: Record<FileKind, LucideIcon> = {
  text: FileText,
  code: FileCode,
  image: FileImage,
  table: FileSpreadsheet,
  other: File,
};

/** Both lists of a task's files. */
export function FileSections({ taskId }: { readonly taskId: string }) {
  const app = useApp();
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <FileSection taskId={taskId} area="outputs" title="Outputs" empty="Files the agent makes will appear here." />
      <FileSection
        taskId={taskId}
        area="uploads"
        title="Uploads"
        empty="Drop files anywhere in this task. The agent can read them but not change them."
        action={
          <>
            <IconButton
              icon={Plus}
              label="Add files to uploads"
              className="size-6"
              onClick={() => picker.current?.click()}
            />
            <input
              ref={picker}
              type="file"
              multiple
              hidden
              onChange={(event) => {
                void uploadFiles(app, taskId, [...(event.target.files ?? [])]);
                event.target.value = '';
              }}
            />
          </>
        }
      />
    </>
  );
}

interface FileSectionProps {
  readonly taskId: string;
  readonly area: ArtifactArea;
  readonly title: string;
  readonly empty: string;
  readonly action?: React.ReactNode;
}

function FileSection({ taskId, area, title, empty, action }: FileSectionProps) {
  const files = useAppState(useShallow((state) => filesOf(state.host.artifacts[taskId]?.artifacts ?? [], area)));
  return (
    <section aria-label={title} className="border-b border-line px-2 pt-3 pb-3 last:border-b-0">
      <h2 className="flex h-6 items-center justify-between pr-1 pl-2.5 text-small font-medium text-soft">
        <span>
          {title}
          {files.length > 0 && <span className="ml-1.5 font-normal text-faint tabular-nums">{files.length}</span>}
        </span>
        {action}
      </h2>
      {files.length === 0 ? (
        <p className="px-2.5 pt-1 pb-2 text-small text-faint">{empty}</p>
      ) : (
        <ul className="mt-1">
          {files.map((file) => (
            <FileRow key={fileKey(file)} file={file} />
          ))}
        </ul>
      )}
    </section>
  );
}

function FileRow({ file }: { readonly file: Artifact }) {
  const app = useApp();
  const now = useNow('minutes');
  const Icon = icons[fileKind(file.path)];
  const folder = file.path.slice(0, -baseName(file.path).length);
  return (
    <li>
      <button
        type="button"
        onClick={() => previewFile(app, file)}
        className="flex w-full items-center gap-2.5 rounded-base px-2.5 py-1.5 text-left transition-colors hover:bg-hover"
      >
        <Icon aria-hidden size={16} strokeWidth={1.6} className="shrink-0 text-faint" />
        <span className="min-w-0 flex-1">
          <span className="block truncate text-base">{visibleText(baseName(file.path))}</span>
          <span className="block truncate text-micro text-faint tabular-nums">
            {folder !== '' && `${visibleText(folder)} · `}
            {formatBytes(file.bytes)} · {formatAgo(file.modifiedAt, now)}
          </span>
        </span>
      </button>
    </li>
  );
}
