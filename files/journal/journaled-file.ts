/** An open file whose content is kept before its first change in a turn. */
import { errnoOf } from '../folder/errno';
import type { FileStatus, FileTimes, FolderFiles, Names, OpenFile } from '../folder/folder-files';
import { afterOf, fileIdOf, identityOf, isSame, wasOf } from './file-identity';
import type { HostEntries } from './host-entries';
import type { TurnSource } from './turn-source';
import type { OpenTurn } from './open-turn';

/** The name under which a file is open; a rename can change it. */
export interface FileName {
  rename(from: Names, to: Names): void;
  remove(names: Names): void;
}

export interface JournaledFileOptions {
  readonly journal: TurnSource;
  readonly area: string;
  readonly folder: { readonly files: FolderFiles; readonly entries: HostEntries | null };
  readonly file: OpenFile;
  readonly names: Names;
  readonly isWritable: boolean;
  /** Created by the call that opened it */
  readonly isNew: boolean;
  /** All open files of the folder; each adds and removes itself */
  readonly open: Set<FileName>;
}

export class JournaledFile implements OpenFile, FileName {
  readonly #options: JournaledFileOptions;
  readonly #file: OpenFile;
  #names: Names | null;
  /** The turns in which its content was kept */
  #turn: OpenTurn | null = null;
  #isChanged = false;

  constructor(options: JournaledFileOptions) {
    this.#options = options;
    this.#file = options.file;
    this.#names = options.names;
    options.open.add(this);
    if (options.isWritable) options.journal.known.setOpen(options.area, this.#file.status(), true);
  }

  rename(from: Names, to: Names): void {
    if (this.#names && startsWith(this.#names, from)) this.#names = [...to, ...this.#names.slice(from.length)];
    else if (this.#names && startsWith(this.#names, to)) this.#names = null;
  }

  remove(names: Names): void {
    if (this.#names && startsWith(this.#names, names)) this.#names = null;
  }

  status(): FileStatus {
    return this.#options.journal.keeper.links.hidden(this.#file.status(), this.#names === null);
  }

  read(target: Uint8Array, position: number): number {
    return this.#file.read(target, position);
  }

  write(bytes: Uint8Array, position: number): void {
    this.#keepContent();
    this.#file.write(bytes, position);
  }

  setSize(size: number): void {
    this.#keepContent();
    this.#file.setSize(size);
  }

  setMode(mode: number): void {
    this.#meta({ mode }, () => this.#file.setMode(mode));
  }

  setTimes(times: FileTimes): void {
    this.#meta(times.mtimeNs === undefined ? {} : { mtimeNs: `${times.mtimeNs}` }, () => this.#file.setTimes(times));
  }

  sync(): Promise<void> {
    return this.#file.sync();
  }

  close(): void {
    const { journal, area, open, isWritable } = this.#options;
    if (!open.delete(this)) return;
    try {
      if (!isWritable) return;
      const status = this.#file.status();
      journal.known.setOpen(area, status, false);
      if (!this.#isChanged) return;
      journal.known.setBusy(area, status, false);
      this.#changed(status);
    } finally {
      this.#file.close();
    }
  }

  #keepContent(): void {
    const { journal, area } = this.#options;
    const turn = journal.turn();
    if (this.#turn === turn) return;
    const status = this.#file.status();
    this.#keepOnce(turn, status);
    this.#turn = turn;
    if (this.#isChanged) return;
    this.#isChanged = true;
    journal.known.setBusy(area, status, true);
  }

  #keepOnce(turn: OpenTurn, status: FileStatus): void {
    const { journal, area, folder, isNew } = this.#options;
    const file = turn.file(fileIdOf(status));
    if (!this.#names || (isNew && file.isNew)) return;
    const isMixed = file.isContentKept && this.#isOthersNow(status);
    const owner = this.#takenFrom(this.#names, status);
    if (file.isNew || (file.isContentKept && !isMixed)) {
      // What was recorded when it was last closed no longer applies.
      return turn.note([{ type: 'meta', area, names: this.#names, was: wasOf(status), ...owner }]);
    }
    const kept = journal.keeper.copyContent({ ...folder, names: this.#names, status });
    const was = wasOf(status);
    const record = {
      type: 'content',
      area,
      names: this.#names,
      was,
      ...kept,
      ...(isMixed ? { isMixed } : {}),
      ...owner,
    } as const;
    turn.act([record], { isSynced: journal.keeper.isSynced }, () => undefined);
    file.isContentKept = true;
    file.isNoted = true;
  }

  /** Somebody else changed it since our last change. */
  #isOthersNow(status: FileStatus): boolean {
    const { journal, area } = this.#options;
    if (journal.known.isBusy(area, status)) return false;
    const known = journal.known.identity(area, `${status.ino}`);
    return known !== null && !isSame(known, identityOf(status));
  }

  #meta(meta: { readonly mode?: number; readonly mtimeNs?: string }, set: () => void): void {
    const { journal, area } = this.#options;
    const status = this.#file.status();
    const turn = journal.turn();
    const owner = this.#names ? this.#takenFrom(this.#names, status) : {};
    if (!this.#names || (turn.file(fileIdOf(status)).isNew && !owner.isPersons)) set();
    else {
      const record = { type: 'meta', area, names: this.#names, was: wasOf(status), ...meta, ...owner } as const;
      turn.act([record], { isSynced: false }, set);
    }
    this.#changed(this.#file.status());
  }

  /** The agent made it, and it is the person's by now: it stays theirs. */
  #takenFrom(names: Names, status: FileStatus): { readonly isPersons?: boolean } {
    const { journal, area } = this.#options;
    return journal.owners.isTaken(area, names, status) ? { isPersons: true } : {};
  }

  #changed(status: FileStatus): void {
    const { journal, area, folder } = this.#options;
    journal.known.note(area, status);
    // When it is closed between turns, the end of its turn has already recorded this state.
    if (!this.#names || !journal.isTurnOpen) return;
    try {
      // The person may have put another file at this name.
      if (folder.files.status(this.#names).ino !== status.ino) return;
      journal.turn().note([afterOf(area, this.#names, status, journal.known.isOwn(area, status))]);
    } catch (error) {
      if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return;
      throw error;
    }
  }
}

const startsWith = (names: Names, start: Names): boolean =>
  names.length >= start.length && start.every((name, index) => names[index] === name);
