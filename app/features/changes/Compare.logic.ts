import type { Preview } from '../../../schema/artifacts';
import type { FileChange } from '../../../schema/file-changes';

export type Comparison =
  | { readonly kind: 'text'; readonly before: string; readonly after: string; readonly isTruncated: boolean }
  | { readonly kind: 'pictures' }
  /** Nothing of it can be shown; the words say why */
  | { readonly kind: 'words'; readonly text: string };

const textOf = (preview: Preview | null): { readonly text: string; readonly isTruncated: boolean } | null => {
  if (preview === null) return { text: '', isTruncated: false };
  return 'text' in preview ? preview : null;
};

const fileKinds: Record<Exclude<FileChange['fileKind'], 'file'>, string> = {
  directory: 'This is a folder.',
  symlink: 'This is a link.',
  other: "This isn't a regular file.",
};

/** How a file is compared: by lines, by pictures, or in words. */
export function comparisonOf(change: FileChange, before: Preview | null, after: Preview | null): Comparison {
  const words = (text: string): Comparison => ({ kind: 'words', text });
  if (change.fileKind !== 'file') return words(fileKinds[change.fileKind]);
  if (change.kind === 'mode') return words('Only the permissions changed. The content is the same.');
  if (change.kind === 'times') return words('Only the modification time changed. The content is the same.');
  if (before === null && after === null) return words('No earlier version was kept.');
  const [old, now] = [textOf(before), textOf(after)];
  if (old && now) {
    if (old.text === now.text && !old.isTruncated && !now.isTruncated) {
      if (change.kind === 'renamed') return words('Only the name changed. The content is the same.');
      if (old.text === '') return words('The file is empty.');
    }
    return { kind: 'text', before: old.text, after: now.text, isTruncated: old.isTruncated || now.isTruncated };
  }
  if (before?.kind === 'image' || after?.kind === 'image') return { kind: 'pictures' };
  const reason = [before, after].find((preview) => preview?.kind === 'none');
  return words(
    reason?.kind === 'none' ? reason.reason : "These are different kinds of files, so they can't be compared here.",
  );
}

/** The change before or after the one that is compared. */
export function nextChange(changes: readonly FileChange[], changeId: string, step: 1 | -1): FileChange | undefined {
  const at = changes.findIndex(({ id }) => id === changeId);
  return at < 0 ? undefined : changes[at + step];
}
