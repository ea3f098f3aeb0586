/** Whose a file is: the agent's own, or the person's. The rule is in `persons-names.ts`. */
import { Errno } from '../folder/errno';
import type { FileStatus, FolderFiles, Names } from '../folder/folder-files';
import { statusIfThere } from '../folder/status-if-there';
import type { KeptFiles } from './kept-files';
import type { KnownFiles } from './known-files';
import { PersonsNames } from './persons-names';
import type { JournalRecord } from './records';
import { RemovedContents } from './removed-contents';

export interface FileOwnersOptions {
  readonly known: KnownFiles;
  readonly kept: KeptFiles;
  /** The folder of an area. @throws Error for an unknown area */
  readonly files: (area: string) => FolderFiles;
}

export class FileOwners {
  readonly #options: FileOwnersOptions;
  readonly #names = new PersonsNames();
  readonly #removed: RemovedContents;

  constructor(options: FileOwnersOptions) {
    this.#options = options;
    this.#removed = new RemovedContents(options.kept);
  }

  /** Adds changes that happened, in order. */
  apply(records: readonly JournalRecord[]): void {
    for (const record of records) {
      this.#names.apply(record);
      this.#removed.apply(record);
    }
  }

  isOwn(area: string, names: Names, status: FileStatus): boolean {
    if (!this.#options.known.isOwn(area, status)) return false;
    return !this.#names.has(area, names) && !this.#hasRemovedContent(area, names, status);
  }

  /** Whether the agent made a file that is the person's by now, which our next change to it must record. */
  isTaken(area: string, names: Names, status: FileStatus): boolean {
    return this.#options.known.wasOwn(area, status) && !this.isOwn(area, names, status);
  }

  /** Whether a folder has something of the person's in it, as far as our changes brought it there. */
  holdsPersons(area: string, folder: Names): boolean {
    const files = this.#options.files(area);
    return this.#names.within(area, folder).some((names) => statusIfThere(files, names) !== null);
  }

  #hasRemovedContent(area: string, names: Names, { kind, size }: FileStatus): boolean {
    // A file that was removed while it is open has no names.
    if (kind !== 'file' || names.length === 0) return false;
    try {
      return this.#removed.has(size, () => this.#options.files(area).openFile(names, { isWritable: false }));
    } catch (error) {
      // It can't be compared, so the person is asked.
      if (error instanceof Errno) return true;
      throw error;
    }
  }
}
