/**
 * How one change of a folder gets into the journal: it is announced, what it destroys is kept, and the result is
 * recorded.
 */
import type { FileStatus, FolderFiles, Names } from '../folder/folder-files';
import { afterOf, fileIdOf, wasOf } from './file-identity';
import type { HostEntries } from './host-entries';
import type { TurnFile } from './open-turn';
import type { KeptId, NewRecord, Was } from './records';
import type { TurnSource } from './turn-source';

export interface FolderLogOptions {
  readonly journal: TurnSource;
  readonly area: string;
  /** The folder itself */
  readonly files: FolderFiles;
  /** The folder as the host's own calls reach it, `null` when it isn't on the host */
  readonly entries: HostEntries | null;
}

export class FolderLog {
  readonly #journal: TurnSource;
  readonly #area: string;
  readonly #files: FolderFiles;
  readonly #entries: HostEntries | null;

  constructor({ journal, area, files, entries }: FolderLogOptions) {
    this.#journal = journal;
    this.#area = area;
    this.#files = files;
    this.#entries = entries;
  }

  /** Writes the records, then acts. If that fails, what was kept for it is removed. */
  act<T>(records: readonly NewRecord[], kept: KeptId | null, act: () => T): T {
    const turn = this.#journal.turn();
    const isSynced = kept !== null && this.#journal.keeper.isSynced && !this.#journal.keeper.isFileItself(kept);
    try {
      const result = turn.act(records, { isSynced }, act);
      for (const record of records) if (record.type === 'folder') turn.file(record.was.file).isNoted = true;
      // The kept file is in the store in any case; only its name still waits for the flush.
      if (kept !== null && !isSynced && this.#journal.keeper.isSynced) turn.flushSoon();
      return result;
    } catch (error) {
      if (kept !== null) this.#journal.keeper.discard(kept);
      throw error;
    }
  }

  drop(names: Names, status: FileStatus, kept: KeptId | null): readonly NewRecord[] {
    const area = this.#area;
    const drop: NewRecord = {
      type: 'drop',
      area,
      names,
      was: this.was(names, status),
      kept,
      ...this.owner(names, status),
    };
    if (status.kind === 'directory' || status.links <= 1) return [drop];
    // Adding a name in the store changes the ctime that the file's other names show.
    return [{ type: 'loose', area, file: fileIdOf(status) }, drop];
  }

  move(from: Names, to: Names, status: FileStatus): NewRecord {
    return { type: 'move', area: this.#area, from, to, was: this.was(from, status), ...this.owner(from, status) };
  }

  /** Whose it is, for a record. */
  owner(names: Names, status: FileStatus): { readonly isPersons?: boolean } {
    return this.#journal.owners.isOwn(this.#area, names, status) ? {} : { isPersons: true };
  }

  /** Whose it is, for a record of a change that leaves it in its place. */
  takenFrom(names: Names, status: FileStatus): { readonly isPersons?: boolean } {
    return this.#journal.owners.isTaken(this.#area, names, status) ? { isPersons: true } : {};
  }

  was(names: Names, status: FileStatus): Was {
    return wasOf(status, status.kind === 'symlink' ? this.#files.readLink(names) : undefined);
  }

  /** Keeps what is about to lose its name, unless this turn created it. */
  keep(names: Names, status: FileStatus, isAlways = false): KeptId | null {
    const { isNew, isContentKept } = this.turnFile(status);
    if ((isNew && !isAlways) || status.kind === 'symlink' || status.kind === 'directory') return null;
    const source = { files: this.#files, entries: this.#entries, names, status };
    const isWritten = this.#journal.known.isOpen(this.#area, status);
    // A program that has it open could still write into the file itself.
    if (isWritten && isContentKept) return null;
    if (isWritten) return this.#journal.keeper.copy(source);
    this.#journal.known.loosen(this.#area, status);
    return this.#journal.keeper.keep(source);
  }

  /** Records a file that was just created. */
  made(names: Names, status: FileStatus): void {
    Object.assign(this.turnFile(status), { isNew: true, isNoted: false, isContentKept: false });
    // What an undo creates again belonged to somebody else.
    const isOwn = this.#journal.turn().begin.kind !== 'take-back';
    this.#journal.known.note(this.#area, status, isOwn);
    // A file is recorded when it is closed.
    if (status.kind !== 'file') this.#journal.turn().note([afterOf(this.#area, names, status, isOwn)]);
  }

  /** Records what a file is after its change. */
  changed(names: Names): FileStatus {
    const status = this.#files.status(names);
    const { known } = this.#journal;
    known.note(this.#area, status);
    this.#journal.turn().note([afterOf(this.#area, names, status, known.isOwn(this.#area, status))]);
    return status;
  }

  /** For a file that is gone or has lost one of its names. */
  forget(status: FileStatus): void {
    if (status.links > 1 && status.kind !== 'directory') return this.#journal.known.loosen(this.#area, status);
    this.#journal.turn().forget(fileIdOf(status));
    this.#journal.known.forget(this.#area, status);
  }

  turnFile(status: FileStatus): TurnFile {
    return this.#journal.turn().file(fileIdOf(status));
  }
}
