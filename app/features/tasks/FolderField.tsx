import { CornerLeftUp, Folder, FolderCheck as FolderCheckIcon } from 'lucide-react';
import { useId } from 'react';
import { useApp, useAppState } from '../state/app-context';
import { Button } from '../../ui/Button';
import { classes } from '../../ui/classes';
import { inputClass } from '../../ui/Field';
import { shortPath } from '../../ui/format';
import { folderNote, matchingFolders, walkInto } from './FolderField.logic';
import { pickFolder, typeFolder } from './folder-actions';

const tones = { hint: 'text-soft', good: 'text-accent', problem: 'text-danger' };

/** The folder of a task: typed, chosen in the system's dialog, or selected step by step. */
export function FolderField() {
  const app = useApp();
  const id = useId();
  const folder = useAppState((state) => state.ui.folder.typed);
  const check = useAppState((state) => state.ui.folder.check);
  const listing = useAppState((state) => state.ui.folder.listing);
  const problem = useAppState((state) => state.ui.folder.problem);
  const home = useAppState((state) => state.host.snapshot?.app.home ?? '');
  const canPick = useAppState((state) => state.host.snapshot?.app.canPickFolder ?? false);
  const matches = matchingFolders(folder, home, listing);
  const note =
    problem === null ? folderNote({ folder, check, matches, home }) : ({ kind: 'problem', text: problem } as const);
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-base font-medium">
        Folder
      </label>
      <div className="flex gap-2">
        <input
          id={id}
          value={folder}
          onChange={(event) => void typeFolder(app, event.target.value)}
          placeholder={`${shortPath(listing?.path ?? home, home)}/…`}
          aria-describedby={`${id}-note`}
          aria-invalid={note.kind === 'problem' ? true : undefined}
          autoComplete="off"
          spellCheck={false}
          className={inputClass}
        />
        {canPick && <Button onClick={() => void pickFolder(app)}>Choose…</Button>}
      </div>
      <p
        id={`${id}-note`}
        aria-live="polite"
        className={classes('mt-1.5 flex items-start gap-1.5 text-small', tones[note.kind])}
      >
        {note.kind === 'good' && <FolderCheckIcon aria-hidden size={14} className="mt-px shrink-0" />}
        <span className="min-w-0 break-words">{note.text}</span>
      </p>
      {!canPick && listing && (
        <FolderList
          listing={shortPath(listing.path, home)}
          parent={listing.parent}
          folders={matches}
          onUp={(parent) => void typeFolder(app, `${shortPath(parent, home)}/`)}
          onOpen={(name) => void typeFolder(app, walkInto(listing, name, home))}
        />
      )}
    </div>
  );
}

interface FolderListProps {
  readonly listing: string;
  readonly parent: string | null;
  readonly folders: readonly string[];
  readonly onUp: (parent: string) => void;
  readonly onOpen: (name: string) => void;
}

function FolderList({ listing, parent, folders, onUp, onOpen }: FolderListProps) {
  const row =
    'flex h-7 w-full items-center gap-2 rounded-small px-2 text-left text-base transition-colors hover:bg-hover -outline-offset-2';
  return (
    <section aria-label="Folders" className="mt-2 rounded-base border border-line bg-sunken">
      <h3 className="truncate border-b border-line px-3 py-1.5 text-small text-faint">In {listing}</h3>
      <ul className="h-36 overflow-y-auto p-1">
        {parent !== null && (
          <li>
            <button type="button" className={classes(row, 'text-soft')} onClick={() => onUp(parent)}>
              <CornerLeftUp aria-hidden size={14} className="text-faint" />
              Parent folder
            </button>
          </li>
        )}
        {folders.map((name) => (
          <li key={name}>
            <button type="button" className={row} onClick={() => onOpen(name)}>
              <Folder aria-hidden size={14} className="shrink-0 text-accent" />
              <span className="min-w-0 truncate">{name}</span>
            </button>
          </li>
        ))}
        {folders.length === 0 && <li className="px-2 py-1.5 text-small text-faint">No folders here.</li>}
      </ul>
    </section>
  );
}
