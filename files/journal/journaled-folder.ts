/** A folder that records every change before it is done, so that it can be undone. */
import { Errno } from '../folder/errno';
import type { FileStatus, FileTimes, Names, OpenFile, OpenOptions, RenameOptions } from '../folder/folder-files';
import { FolderLayer } from '../folder/folder-layer';
import { statusIfThere } from '../folder/status-if-there';
import { fileIdOf, wasOf } from './file-identity';
import { FolderLog, type FolderLogOptions } from './folder-log';
import { JournaledFile, type FileName } from './journaled-file';
import { NotedParents } from './noted-parents';
import type { KeptId, NewRecord } from './records';
import type { HostEntries } from './host-entries';
import type { TurnSource } from './turn-source';

/** A kept file to bring back. */
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
  readonly #log: FolderLog;
  readonly #parents: NotedParents;

  constructor(options: FolderLogOptions) {
    super(options.files);
    this.#journal = options.journal;
    this.#area = options.area;
    this.#entries = options.entries;
    this.#log = new FolderLog(options);
    this.#parents = new NotedParents(options);
  }

  override status(names: Names): FileStatus {
    return this.#journal.keeper.links.hidden(this.files.status(names));
  }

  override statusesIn(directory: Names, names: readonly string[]): ReadonlyArray<FileStatus | null> {
    const { links } = this.#journal.keeper;
    return this.files.statusesIn(directory, names).map((status) => status && links.hidden(status));
  }

  override openFile(names: Names, options: OpenOptions): OpenFile {
    return this.#journaled(this.files.openFile(names, options), names, options.isWritable, false);
  }

  override createFile(names: Names, mode: number): OpenFile {
    const file = this.#create(names, { type: 'create', area: this.#area, names, kind: 'file' }, () =>
      this.files.createFile(names, mode),
    );
    this.#log.made(names, file.status());
    return this.#journaled(file, names, true, true);
  }

  override makeDirectory(names: Names, mode: number): void {
    this.#create(names, { type: 'create', area: this.#area, names, kind: 'directory' }, () =>
      this.files.makeDirectory(names, mode),
    );
    this.#log.made(names, this.files.status(names));
  }

  override makeSymlink(names: Names, target: string): void {
    this.#create(names, { type: 'create', area: this.#area, names, kind: 'symlink', target }, () =>
      this.files.makeSymlink(names, target),
    );
    this.#log.made(names, this.files.status(names));
  }

  override makeHardLink(existing: Names, names: Names): void {
    const status = this.files.status(existing);
    const was = this.#log.was(existing, status);
    const owner = this.#log.takenFrom(existing, status);
    this.#create(names, { type: 'create', area: this.#area, names, kind: status.kind, existing, was, ...owner }, () =>
      this.files.makeHardLink(existing, names),
    );
    this.#log.changed(existing);
  }

  override removeFile(names: Names): void {
    const status = this.files.status(names);
    if (status.kind === 'directory') return this.files.removeFile(names);
    const kept = this.#log.keep(names, status);
    this.#log.act([...this.#parents.recordsFor([names]), ...this.#log.drop(names, status, kept)], kept, () =>
      this.files.removeFile(names),
    );
    this.#gone(names, status);
  }

  override removeDirectory(names: Names): void {
    const status = this.files.status(names);
    if (status.kind !== 'directory' || names.length === 0) return this.files.removeDirectory(names);
    this.#log.act([...this.#parents.recordsFor([names]), ...this.#log.drop(names, status, null)], null, () =>
      this.files.removeDirectory(names),
    );
    this.#parents.clear();
    this.#gone(names, status);
  }

  override rename(from: Names, to: Names, options: RenameOptions): void {
    const source = this.files.status(from);
    const target = statusIfThere(this.files, to);
    if (target && this.#isNoMove(source, target, options)) return this.files.rename(from, to, options);
    // On a disk that ignores case, a rename can change only the case of a file's name.
    const replaced = target && fileIdOf(target) !== fileIdOf(source) ? target : null;
    const kept = replaced && replaced.kind !== 'directory' ? this.#log.keep(to, replaced) : null;
    const records: NewRecord[] = [
      ...this.#parents.recordsFor([from, to]),
      ...(replaced ? this.#log.drop(to, replaced, kept) : []),
      this.#log.move(from, to, source),
    ];
    this.#log.act(records, kept, () => this.files.rename(from, to, options));
    for (const file of this.#open) file.rename(from, to);
    if (source.kind === 'directory') this.#parents.clear();
    if (replaced) this.#log.forget(replaced);
    this.#log.changed(to);
    this.#parents.changed([from, to]);
  }

  override setMode(names: Names, mode: number): void {
    this.#meta(names, { mode }, () => this.files.setMode(names, mode));
  }

  override setTimes(names: Names, times: FileTimes): void {
    this.#meta(names, times.mtimeNs === undefined ? {} : { mtimeNs: `${times.mtimeNs}` }, () =>
      this.files.setTimes(names, times),
    );
  }

  /** Brings a kept file back under a name; whatever has the name moves to the store. Returns its status there. */
  bring({ names, kept, kind, move, target }: Bringing): FileStatus {
    if (target?.kind === 'directory') throw new Errno('EISDIR');
    const keptTarget = target ? this.#log.keep(names, target, true) : null;
    const records: NewRecord[] = [
      ...this.#parents.recordsFor([names]),
      ...(target ? this.#log.drop(names, target, keptTarget) : []),
      { type: 'bring', area: this.#area, names, kept, kind },
    ];
    this.#log.act(records, keptTarget, move);
    if (target) this.#log.forget(target);
    this.#parents.changed([names]);
    return this.#log.changed(names);
  }

  /** Gives a file that has several names the bytes of a kept one, and keeps its present bytes. */
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
    Object.assign(this.#log.turnFile(status), { isNoted: true, isContentKept: true });
    this.#log.changed(names);
  }

  /** Like `setMode` and `setTimes` together, for times that aren't set through the folder. */
  setMeta(names: Names, meta: { readonly mode?: number; readonly mtimeNs?: string }, set: () => void): void {
    this.#meta(names, meta, set);
  }

  /** Announces that times are about to be set. What the log said about the file no longer applies until `changed`. */
  announceTimes(names: Names, mtimeNs: string): void {
    const was = this.#log.was(names, this.files.status(names));
    this.#journal.turn().note([{ type: 'meta', area: this.#area, names, was, mtimeNs }]);
  }

  /** Records what a file is after a change that wasn't made through the folder. */
  changed(names: Names): void {
    this.#log.changed(names);
  }

  override close(): void {
    super.close();
    this.#entries?.close();
  }

  #create<T>(names: Names, record: NewRecord, create: () => T): T {
    // If it were announced and existed for another reason, it would count as ours after a crash.
    if (statusIfThere(this.files, names)) throw new Errno('EEXIST');
    const made = this.#log.act([...this.#parents.recordsFor([names]), record], null, create);
    this.#parents.changed([names]);
    return made;
  }

  #meta(names: Names, meta: { readonly mode?: number; readonly mtimeNs?: string }, set: () => void): void {
    const status = this.files.status(names);
    const owner = this.#log.takenFrom(names, status);
    if (this.#log.turnFile(status).isNew && !owner.isPersons) set();
    else {
      const was = this.#log.was(names, status);
      const record: NewRecord = { type: 'meta', area: this.#area, names, was, ...meta, ...owner };
      this.#log.act([record], null, set);
    }
    this.#log.changed(names);
  }

  #gone(names: Names, status: FileStatus): void {
    for (const file of this.#open) file.remove(names);
    this.#log.forget(status);
    this.#parents.changed([names]);
  }

  #isNoMove(source: FileStatus, target: FileStatus, { onExisting }: RenameOptions): boolean {
    if (onExisting === 'keep') return true;
    // The system refuses these, or sees that both names already refer to one file and does nothing.
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
}
