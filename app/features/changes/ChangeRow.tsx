import { memo } from 'react';
import type { FileChange, FileChangeKind } from '../../../schema/file-changes';
import { useApp } from '../state/app-context';
import { classes } from '../../ui/classes';
import { visibleText } from '../../ui/visible-text';
import { wholeTask } from '../../store/turns-state';
import type { Compared } from '../../store/ui-state';
import { compareChange } from './change-actions';
import { changePath, kindWords, sizesInWords } from './change-words';
import { folderOf, nameOf } from '../../ui/path-names';

export interface ChangeRowProps {
  readonly turn: Compared['turn'];
  readonly change: FileChange;
  readonly isSelected?: boolean;
  /** Absent if nothing can be done with a single file */
  readonly onSelect?: (change: FileChange, isSelected: boolean) => void;
}

/** The kind's mark and its colour; the word is beside them. */
const kindLooks: Record<FileChangeKind, { readonly mark: string; readonly tone: string }> = {
  created: { mark: '+', tone: 'text-accent' },
  changed: { mark: '~', tone: 'text-warn' },
  renamed: { mark: '→', tone: 'text-soft' },
  deleted: { mark: '−', tone: 'text-danger' },
  mode: { mark: '·', tone: 'text-soft' },
  times: { mark: '·', tone: 'text-soft' },
};

/** One file that was changed, or would be. Drawn again only when it differs, because a list has hundreds. */
export const ChangeRow = memo(function ChangeRow({ turn, change, isSelected = false, onSelect }: ChangeRowProps) {
  const app = useApp();
  const path = visibleText(changePath(change));
  const name = nameOf(path);
  const folder = folderOf(path);
  const { mark, tone } = kindLooks[change.kind];
  const notes = [
    change.area === 'outputs' ? 'outputs' : folder,
    change.kind === 'renamed' ? `from ${visibleText(oldName(change))}` : '',
    change.fileKind === 'directory' ? 'folder' : change.fileKind === 'symlink' ? 'link' : '',
    sizesInWords(change),
  ].filter((note) => note !== '');
  return (
    <li className="flex items-start rounded-base transition-colors hover:bg-hover">
      {onSelect && (
        <input
          type="checkbox"
          aria-label={`Select ${path}`}
          checked={isSelected}
          disabled={!change.isKept}
          onChange={(event) => onSelect(change, event.target.checked)}
          className="mt-[9px] ml-1 size-3 shrink-0 accent-accent disabled:invisible"
        />
      )}
      <button
        type="button"
        title={change.kind === 'renamed' ? `${visibleText(change.from ?? '')} → ${path}` : path}
        onClick={() => compareChange(app, { turn, changeId: change.id })}
        className="flex min-w-0 flex-1 items-start gap-2 rounded-base px-1.5 py-1 text-left -outline-offset-2"
      >
        <span aria-hidden className={classes('w-2.5 shrink-0 text-center font-mono font-semibold', tone)}>
          {mark}
        </span>
        <span className="min-w-0 flex-1">
          <bdi
            dir="auto"
            className={classes('block truncate text-base', change.kind === 'deleted' && 'text-soft line-through')}
          >
            {name}
          </bdi>
          <span className="block truncate text-micro text-faint tabular-nums">
            <span className={classes('font-medium', tone)}>{kindWords[change.kind]}</span>
            {notes.map((note) => ` · ${note}`).join('')}
          </span>
          {!change.isKept && turn !== wholeTask && <span className="block text-micro text-warn">Can't be undone</span>}
        </span>
      </button>
    </li>
  );
});

/** Only the old name if just the name differs, otherwise the whole old path. */
function oldName({ from, to }: FileChange): string {
  if (from === null || to === null) return from ?? '';
  return folderOf(from) === folderOf(to) ? nameOf(from) : from;
}
