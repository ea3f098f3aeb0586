import type { FolderCheck, FolderListing } from '../../store/ui-state';
import { shortPath } from '../../ui/format';

/** A leading `~` as the home folder. */
export const expandHome = (path: string, home: string): string => path.replace(/^~(?=$|[\\/])/, () => home);

export interface TypedPath {
  /** The folder that contains the completions; empty when there is none yet */
  readonly parent: string;
  /** The start of a name in it */
  readonly prefix: string;
}

/** A typed path: the text before the last separator, and the start of the name after it. */
export function splitTyped(path: string): TypedPath {
  const at = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  if (at < 0) return { parent: '', prefix: path };
  const isRoot = at === 0 || path[at - 1] === ':';
  return { parent: path.slice(0, isRoot ? at + 1 : at), prefix: path.slice(at + 1) };
}

/** Folders of the listing that complete the typed text; hidden ones only after a typed dot. */
export function matchingFolders(typed: string, home: string, listing: FolderListing | null): readonly string[] {
  if (!listing) return [];
  const prefix = splitTyped(expandHome(typed, home)).prefix.toLowerCase();
  return listing.folders.filter(
    (name) => name.toLowerCase().startsWith(prefix) && (prefix.startsWith('.') || !name.startsWith('.')),
  );
}

/** The path of a folder in a listing, ready for the next name. */
export function walkInto(listing: FolderListing, name: string, home: string): string {
  const separator = listing.path.includes('\\') ? '\\' : '/';
  const base = listing.path.endsWith(separator) ? listing.path : listing.path + separator;
  return shortPath(base + name, home) + separator;
}

export interface FolderNote {
  readonly kind: 'hint' | 'good' | 'problem';
  readonly text: string;
}

export interface FolderNoteSources {
  readonly folder: string;
  readonly check: FolderCheck | null;
  /** Folders that complete what is typed */
  readonly matches: readonly string[];
  readonly home: string;
}

/** The note below the folder. A half-typed name isn't called wrong as long as some folder begins with it. */
export function folderNote({ folder, check, matches, home }: FolderNoteSources): FolderNote {
  if (folder.trim() === '') {
    return { kind: 'hint', text: 'The only folder the task can change. Leave empty to work with uploads only.' };
  }
  if (check?.ok) return { kind: 'good', text: `The task will see ${shortPath(check.path, home)} and nothing else.` };
  const { prefix } = splitTyped(folder);
  if (!check || (matches.length > 0 && prefix !== '')) {
    return { kind: 'hint', text: 'Keep typing, or choose a folder from the list.' };
  }
  return { kind: 'problem', text: check.problem };
}
