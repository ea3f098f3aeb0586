/** Directories whose entries change: the log says what each was before its first change in a turn. */
import { Errno } from '../folder/errno';
import type { FileStatus, FolderFiles, Names } from '../folder/folder-files';
import { statusIfThere } from '../folder/status-if-there';
import { fileIdOf, wasOf } from './file-identity';
import type { OpenTurn } from './open-turn';
import type { NewRecord } from './records';
import type { TurnSource } from './turn-source';

export interface NotedParentsOptions {
  readonly journal: TurnSource;
  readonly area: string;
  readonly files: FolderFiles;
}

export class NotedParents {
  readonly #journal: TurnSource;
  readonly #area: string;
  readonly #files: FolderFiles;
  /** By names, as they were when looked at; forgotten when a directory moves */
  readonly #known = new Map<string, FileStatus>();
  #turn: OpenTurn | null = null;

  constructor({ journal, area, files }: NotedParentsOptions) {
    this.#journal = journal;
    this.#area = area;
    this.#files = files;
  }

  /** Records of the directories above these names, before the first change in them. */
  recordsFor(children: readonly Names[]): readonly NewRecord[] {
    const records = new Map<string, NewRecord>();
    for (const child of children) {
      const names = child.slice(0, -1);
      if (this.#ofTurn().has(names.join('/'))) continue;
      const status = this.#files.status(names);
      if (status.kind !== 'directory') throw new Errno('ENOTDIR');
      const { isNew, isNoted } = this.#journal.turn().file(fileIdOf(status));
      if (isNew || isNoted) this.#ofTurn().set(names.join('/'), status);
      else records.set(fileIdOf(status), { type: 'folder', area: this.#area, names, was: wasOf(status) });
    }
    return [...records.values()];
  }

  /** What is known about the directories above these names is no longer true. */
  changed(children: readonly Names[]): void {
    for (const child of children) {
      const names = child.slice(0, -1);
      const known = this.#ofTurn().get(names.join('/'));
      // The final state of a directory that somebody else made is read when the turn ends.
      if (known && !this.#journal.known.wasOwn(this.#area, known)) this.#journal.known.forget(this.#area, known);
      else this.#changedOne(names);
    }
  }

  /** A directory has other names now, or none. */
  clear(): void {
    this.#known.clear();
  }

  #changedOne(names: Names): void {
    const status = statusIfThere(this.#files, names);
    if (!status) return;
    const { known } = this.#journal;
    if (known.wasOwn(this.#area, status)) known.note(this.#area, status);
    else known.forget(this.#area, status);
  }

  /** Directories in this turn's log. Looking each one up every time would cost as much as the change. */
  #ofTurn(): Map<string, FileStatus> {
    const turn = this.#journal.turn();
    if (this.#turn !== turn) {
      this.#turn = turn;
      this.#known.clear();
    }
    return this.#known;
  }
}
