import { FileQuestionMark } from 'lucide-react';
import type { Preview } from '../../../schema/artifacts';
import type { FileChange } from '../../../schema/file-changes';
import { PreviewContent } from '../artifacts/PreviewContent';
import { comparisonOf } from './Compare.logic';
import { DiffView } from './DiffView';

export interface CompareContentProps {
  readonly change: FileChange;
  readonly before: Preview | null;
  readonly after: Preview | null;
}

/** A file before and after, in the form that suits its kind best. */
export function CompareContent({ change, before, after }: CompareContentProps) {
  const comparison = comparisonOf(change, before, after);
  switch (comparison.kind) {
    case 'text':
      return (
        <>
          <DiffView before={comparison.before} after={comparison.after} />
          {comparison.isTruncated && (
            <p className="shrink-0 border-t border-line bg-sunken px-5 py-1.5 text-small text-soft">
              Only the beginning of the file is shown.
            </p>
          )}
        </>
      );
    case 'pictures':
      return (
        <div className="grid min-h-0 flex-1 grid-cols-2 grid-rows-[minmax(0,1fr)] max-narrow:grid-cols-1 max-narrow:grid-rows-2">
          <Side title="Before" none="Didn't exist" preview={before} />
          <Side title="After" none="Deleted" preview={after} />
        </div>
      );
    case 'words':
      return (
        <div className="flex flex-1 flex-col items-center justify-center gap-3 px-8 text-center">
          <FileQuestionMark aria-hidden size={28} strokeWidth={1.4} className="text-faint" />
          <p className="max-w-sm text-base text-soft">{comparison.text}</p>
        </div>
      );
  }
}

interface SideProps {
  readonly title: string;
  /** Shown for a side that doesn't exist */
  readonly none: string;
  readonly preview: Preview | null;
}

const Side = ({ title, none, preview }: SideProps) => (
  <figure aria-label={title} className="flex min-h-0 min-w-0 flex-col border-l border-line first:border-l-0">
    <figcaption className="border-b border-line bg-sunken px-5 py-1.5 text-small font-medium text-soft">
      {title}
    </figcaption>
    {preview ? (
      <PreviewContent preview={preview} name={title} />
    ) : (
      <p className="m-auto px-6 text-base text-faint">{none}</p>
    )}
  </figure>
);
