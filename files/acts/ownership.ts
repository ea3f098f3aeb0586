/** Which files the agent may delete, move or rename without a question: those that it created in this task. */
import type { FileStatus, Names } from '../folder/folder-files';
import type { Journal } from '../journal/journal';

/** What is known about a task's files when the guest is about to change them. */
export interface Ownership {
  readonly asksBeforeChange: boolean;
  /** Whether the file at these names is the agent's own */
  readonly isOwn: (names: Names, status: FileStatus) => boolean;
  /** Whether the agent's own folder has something of the person's in it */
  readonly holdsPersons: (names: Names) => boolean;
}

/** Who owns the files of a task's folder, according to its journal. */
export const ownershipOf = (journal: Journal, asksBeforeChange: boolean): Ownership => ({
  asksBeforeChange,
  isOwn: (names, status) => journal.isOwn('folder', names, status),
  holdsPersons: (names) => journal.holdsPersons('folder', names),
});
