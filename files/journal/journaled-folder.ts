/** A folder whose every change is taken down before it is done, so that it can be taken back. */
import { Errno } from '../folder/errno';
import type {
  FileStatus,
  FileTimes,
  FolderFiles,
  Names,
  OpenFile,
  OpenOptions,
  RenameOptions,
} from '../folder/folder-files';
import { FolderLayer } from '../folder/folder-layer';
import { statusIfThere } from '../folder/status-if-there';
import { afterOf, fileIdOf, wasOf } from './file-identity';
import { JournaledFile, type FileName } from './journaled-file';
import type { OpenTurn, TurnFile } from './open-turn';
import type { KeptId, NewRecord, Was } from './records';
import type { HostEntries } from './host-entries';
import type { TurnSource } from './turn-source';

export interface JournaledFolderOptions {
  readonly journal: TurnSource;
  readonly area: string;
  /** The folder itself */
  readonly files: FolderFiles;
  /** The folder as the host's own calls reach it, `null` when it is none of the host's */
  readonly entries: HostEntries | null;
}

/** A kept file that is to come back. */
export interface Bringing {
  readonly names: Names;
  readonly kept: KeptId;
  readonly kind: 'file' | 'other';
  /** What has the names now */
  readonly target: FileStatus | null;
  readonly move: () => void;
}

export class JournaledFolder extends FolderLayer {
  readonly #journal: TurnSource;
  readonly #area: string;
  readonly #entries: HostEntries | null;
  readonly #open = new Set<FileName>();
  /** By names, as they were when they were looked at; forgotten when a directory goes elsewhere */
  readonly #parentsKnown = new Map<string, FileStatus>();
  #parentsOf: OpenTurn | null = null;

  constructor({ journal, area, files, entries }: JournaledFolderOptions) {
    super(files);
    this.#journal = journal;
    this.#area = area;
    this.#entries = entries;
  }

  override openFile(names: Names, options: OpenOptions): OpenFile {
    return this.#journaled(this.files.openFile(names, options), names, options.isWritable, false);
  }

  override createFile(names: Names, mode: number): OpenFile {
    const file = this.#create(names, { type: 'create', area: this.#area, names, kind: 'file' }, () =>
      this.files.createFile(names, mode),
    );
    this.#made(names, file.status());
    return this.#journaled(file, names, true, true);
  }

  override makeDirectory(names: Names, mode: number): void {
    this.#create(names, { type: 'create', area: this.#area, names, kind: 'directory' }, () =>
      this.files.makeDirectory(names, mode),
    );
    this.#made(names, this.files.status(names));
  }

  override makeSymlink(names: Names, target: string): void {
    this.#create(names, { type: 'create', area: this.#area, names, kind: 'symlink', target }, () =>
      this.files.makeSymlink(names, target),
    );
    this.#made(names, this.files.status(names));
  }

  override makeHardLink(existing: Names, names: Names): void {
    const status = this.files.status(existing);
    const was = this.#was(existing, status);
    this.#create(names, { type: 'create', area: this.#area, names, kind: status.kind, existing, was }, () =>
      this.files.makeHardLink(existing, names),
    );
    this.#changed(existing);
  }

  override removeFile(names: Names): void {
    const status = this.files.status(names);
    if (status.kind === 'directory') return this.files.removeFile(names);
    const kept = this.#keep(names, status);
    this.#act([...this.#parents([names]), ...this.#drop(names, status, kept)], kept, () =>
      this.files.removeFile(names),
    );
    this.#gone(names, status);
  }

  override removeDirectory(names: Names): void {
    const status = this.files.status(names);
    if (status.kind !== 'directory' || names.length === 0) return this.files.removeDirectory(names);
    this.#act([...this.#parents([names]), ...this.#drop(names, status, null)], null, () =>
      this.files.removeDirectory(names),
    );
    this.#parentsKnown.clear();
    this.#gone(names, status);
  }

  override rename(from: Names, to: Names, options: RenameOptions): void {
    // No layer below can exchange two names; taking back would have to tell it from two moves.
    if (options.onExisting === 'exchange') throw new Errno('EINVAL');
    const source = this.files.status(from);
    const target = statusIfThere(this.files, to);
    if (target && this.#isNoMove(source, target, options)) return this.files.rename(from, to, options);
    // On a disk that ignores case, a name may be given to the same file in other letters.
    const replaced = target && fileIdOf(target) !== fileIdOf(source) ? target : null;
    const kept = replaced && replaced.kind !== 'directory' ? this.#keep(to, replaced) : null;
    const records: NewRecord[] = [
      ...this.#parents([from, to]),
      ...(replaced ? this.#drop(to, replaced, kept) : []),
      { type: 'move', area: this.#area, from, to, was: this.#was(from, source) },
    ];
    this.#act(records, kept, () => this.files.rename(from, to, options));
    for (const file of this.#open) file.rename(from, to);
    if (source.kind === 'directory') this.#parentsKnown.clear();
    if (replaced) this.#forget(replaced);
    this.#changed(to);
    this.#parentsChanged([from, to]);
  }

  override setMode(names: Names, mode: number): void {
    this.#meta(names, { mode }, () => this.files.setMode(names, mode));
  }

  override setTimes(names: Names, times: FileTimes): void {
    this.#meta(names, times.mtimeNs === undefined ? {} : { mtimeNs: `${times.mtimeNs}` }, () =>
      this.files.setTimes(names, times),
    );
  }

  /** Brings a kept file back under a name; whatever has the name goes to the store. Returns what it is there. */
  bring({ names, kept, kind, move, target }: Bringing): FileStatus {
    if (target?.kind === 'directory') throw new Errno('EISDIR');
    const keptTarget = target ? this.#keep(names, target, true) : null;
    const records: NewRecord[] = [
      ...this.#parents([names]),
      ...(target ? this.#drop(names, target, keptTarget) : []),
      { type: 'bring', area: this.#area, names, kept, kind },
    ];
    this.#act(records, keptTarget, move);
    if (target) this.#forget(target);
    this.#parentsChanged([names]);
    return this.#changed(names);
  }

  /** Gives a file that has several names the bytes of a kept one, and keeps those that it has. */
  restoreContent(names: Names, kept: KeptId, write: (file: OpenFile) => void): void {
    const status = this.files.status(names);
    const { keeper } = this.#journal;
    const now = keeper.copyContent({ files: this.files, entries: this.#entries, names, status });
    const was = wasOf(status);
    const record = { type: 'content', area: this.#area, names, was, ...now, restores: kept } as const;
    this.#journal.turn().act([record], { isSynced: keeper.isSynced }, () => {
      const file = this.files.openFile(names, { isWritable: true });
      try {
        write(file);
      } finally {
        file.close();
      }
    });
    Object.assign(this.#turnFile(status), { isNoted: true, isContentKept: true });
    this.#changed(names);
  }

  /** As `setMode` and `setTimes` together, for a way to set them that is not the folder's own. */
  setMeta(names: Names, meta: { readonly mode?: number; readonly mtimeNs?: string }, set: () => void): void {
    this.#meta(names, meta, set);
  }

  /** Says that times are about to be set; what the log said of the file before holds no more, until `changed`. */
  announceTimes(names: Names, mtimeNs: string): void {
    const was = this.#was(names, this.files.status(names));
    this.#journal.turn().note([{ type: 'meta', area: this.#area, names, was, mtimeNs }]);
  }

  /** Takes down what a file is, after it was changed by a way that is not the folder's own. */
  changed(names: Names): void {
    this.#changed(names);
  }

  override close(): void {
    super.close();
    this.#entries?.close();
  }

  #create<T>(names: Names, record: NewRecord, create: () => T): T {
    // Announced, and there for another reason, it would be taken for our own after a crash.
    if (statusIfThere(this.files, names)) throw new Errno('EEXIST');
    const made = this.#act([...this.#parents([names]), record], null, create);
    this.#parentsChanged([names]);
    return made;
  }

  #made(names: Names, status: FileStatus): void {
    Object.assign(this.#turnFile(status), { isNew: true, isNoted: false, isContentKept: false });
    // What is made again by a taking back was somebody else's.
    const isOwn = this.#journal.turn().begin.kind !== 'take-back';
    this.#journal.known.note(this.#area, status, isOwn);
    // A file says what it is when it is closed.
    if (status.kind !== 'file') this.#journal.turn().note([afterOf(this.#area, names, status, isOwn)]);
  }

  #meta(names: Names, meta: { readonly mode?: number; readonly mtimeNs?: string }, set: () => void): void {
    const status = this.files.status(names);
    if (this.#turnFile(status).isNew) set();
    else {
      const record: NewRecord = { type: 'meta', area: this.#area, names, was: this.#was(names, status), ...meta };
      this.#act([record], null, set);
    }
    this.#changed(names);
  }

  #act<T>(records: readonly NewRecord[], kept: KeptId | null, act: () => T): T {
    const turn = this.#journal.turn();
    const isSynced = kept !== null && this.#journal.keeper.isSynced && !this.#journal.keeper.isFileItself(kept);
    try {
      const result = turn.act(records, { isSynced }, act);
      for (const record of records) if (record.type === 'folder') turn.file(record.was.file).isNoted = true;
      // A kept file itself is in the store whatever happens; only its name waits for the flush.
      if (kept !== null && !isSynced && this.#journal.keeper.isSynced) turn.flushSoon();
      return result;
    } catch (error) {
      if (kept !== null) this.#journal.keeper.discard(kept);
      throw error;
    }
  }

  /** Records of directories before the first name in them changes. */
  #parents(children: readonly Names[]): readonly NewRecord[] {
    const records = new Map<string, NewRecord>();
    for (const child of children) {
      const names = child.slice(0, -1);
      if (this.#knownParents().has(names.join('/'))) continue;
      const status = this.files.status(names);
      if (status.kind !== 'directory') throw new Errno('ENOTDIR');
      const { isNew, isNoted } = this.#turnFile(status);
      if (isNew || isNoted) this.#knownParents().set(names.join('/'), status);
      else records.set(fileIdOf(status), { type: 'folder', area: this.#area, names, was: wasOf(status) });
    }
    return [...records.values()];
  }

  #parentsChanged(children: readonly Names[]): void {
    for (const child of children) {
      const names = child.slice(0, -1);
      const known = this.#knownParents().get(names.join('/'));
      // What a directory of somebody else's is in the end is looked at when the turn ends.
      if (known && !this.#journal.known.wasOwn(this.#area, known)) this.#journal.known.forget(this.#area, known);
      else this.#parentChanged(names);
    }
  }

  #parentChanged(names: Names): void {
    const status = statusIfThere(this.files, names);
    if (!status) return;
    const { known } = this.#journal;
    if (known.wasOwn(this.#area, status)) known.note(this.#area, status);
    else known.forget(this.#area, status);
  }

  /** Directories that are in the log of this turn; looking each of them up every time would cost as much as the change. */
  #knownParents(): Map<string, FileStatus> {
    const turn = this.#journal.turn();
    if (this.#parentsOf !== turn) {
      this.#parentsOf = turn;
      this.#parentsKnown.clear();
    }
    return this.#parentsKnown;
  }

  #drop(names: Names, status: FileStatus, kept: KeptId | null): readonly NewRecord[] {
    const area = this.#area;
    const drop: NewRecord = { type: 'drop', area, names, was: this.#was(names, status), kept };
    if (status.kind === 'directory' || status.links <= 1) return [drop];
    // Its other names show the change of this one.
    return [{ type: 'loose', area, file: fileIdOf(status) }, drop];
  }

  #was(names: Names, status: FileStatus): Was {
    return wasOf(status, status.kind === 'symlink' ? this.files.readLink(names) : undefined);
  }

  /** Keeps what is about to lose its name, unless it is of this turn. */
  #keep(names: Names, status: FileStatus, isAlways = false): KeptId | null {
    const { isNew, isContentKept } = this.#turnFile(status);
    if ((isNew && !isAlways) || status.kind === 'symlink' || status.kind === 'directory') return null;
    const source = { files: this.files, entries: this.#entries, names, status };
    const isWritten = this.#journal.known.isOpen(this.#area, status);
    // A program that has it open could still write into the file itself.
    if (isWritten && isContentKept) return null;
    if (isWritten) return this.#journal.keeper.copy(source);
    this.#journal.known.loosen(this.#area, status);
    return this.#journal.keeper.keep(source);
  }

  #gone(names: Names, status: FileStatus): void {
    for (const file of this.#open) file.remove(names);
    this.#forget(status);
    this.#parentsChanged([names]);
  }

  #forget(status: FileStatus): void {
    if (status.links > 1 && status.kind !== 'directory') return this.#journal.known.loosen(this.#area, status);
    this.#journal.turn().forget(fileIdOf(status));
    this.#journal.known.forget(this.#area, status);
  }

  #changed(names: Names): FileStatus {
    const status = this.files.status(names);
    const { known } = this.#journal;
    known.note(this.#area, status);
    this.#journal.turn().note([afterOf(this.#area, names, status, known.isOwn(this.#area, status))]);
    return status;
  }

  #isNoMove(source: FileStatus, target: FileStatus, { onExisting }: RenameOptions): boolean {
    if (onExisting === 'keep') return true;
    // The system refuses these, or finds that both names are of one file already and does nothing.
    if ((source.kind === 'directory') !== (target.kind === 'directory')) return true;
    return fileIdOf(source) === fileIdOf(target) && source.links > 1 && source.kind !== 'directory';
  }

  #journaled(file: OpenFile, names: Names, isWritable: boolean, isNew: boolean): OpenFile {
    return new JournaledFile({
      journal: this.#journal,
      area: this.#area,
      folder: { files: this.files, entries: this.#entries },
      file,
      names,
      isWritable,
      isNew,
      open: this.#open,
    });
  }

  #turnFile(status: FileStatus): TurnFile {
    return this.#journal.turn().file(fileIdOf(status));
  }
}
