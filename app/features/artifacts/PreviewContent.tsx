import { FileQuestionMark } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Preview } from '../../../schema/artifacts';
import { Highlighted } from '../../ui/Highlighted';
import { Markdown } from '../../ui/Markdown';
import { useBlobUrl } from './blob-url';
import { CsvTable } from './CsvTable';

/** A file, in the form that suits its kind best. */
export function PreviewContent({ preview, name }: { readonly preview: Preview; readonly name: string }) {
  switch (preview.kind) {
    case 'markdown':
      return (
        <Scrolled label="Text">
          <div className="mx-auto max-w-[46rem] px-8 py-6">
            <Markdown text={preview.text} />
          </div>
        </Scrolled>
      );
    case 'csv':
      return <CsvTable text={preview.text} isTruncated={preview.isTruncated} />;
    case 'code':
    case 'text':
      return (
        <Scrolled label="Text">
          <pre className="min-w-max px-6 py-5 font-mono text-[12.5px] leading-[1.65]">
            {preview.kind === 'code' ? <Highlighted code={preview.text} language={preview.language} /> : preview.text}
          </pre>
        </Scrolled>
      );
    case 'image':
      return <Picture dataBase64={preview.dataBase64} mimeType={preview.mimeType} name={name} />;
    case 'none':
      return (
        <div className="flex flex-1 flex-col items-center justify-center gap-3 px-8 text-center">
          <FileQuestionMark aria-hidden size={28} strokeWidth={1.4} className="text-faint" />
          <p className="text-base font-medium">No preview</p>
          <p className="max-w-sm text-base text-soft">{preview.reason}</p>
        </div>
      );
  }
}

const Scrolled = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <div tabIndex={0} role="group" aria-label={label} className="min-h-0 flex-1 overflow-auto -outline-offset-2">
    {children}
  </div>
);

interface PictureProps {
  readonly dataBase64: string;
  readonly mimeType: string;
  readonly name: string;
}

function Picture({ dataBase64, mimeType, name }: PictureProps) {
  const url = useBlobUrl(dataBase64, mimeType);
  return (
    <div className="flex min-h-0 flex-1 items-center justify-center overflow-hidden bg-sunken p-6">
      {url !== null && (
        <img src={url} alt={name} className="max-h-full max-w-full min-w-24 rounded-base object-contain shadow-float" />
      )}
    </div>
  );
}
