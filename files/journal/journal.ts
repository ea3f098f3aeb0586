/** A task's journal: its turns on the disk, the open turn, and the folders whose changes it records. */
import { createReadStream, existsSync, mkdirSync } from 'node:fs';
import type { Readable } from 'node:stream';
import type { TurnKind } from '../../schema/file-changes';
import { Listeners, type Disposable } from '../../schema/transport';
import type { FileStatus, FolderFiles, Names } from '../folder/folder-files';
import { areasOf, isEnded, settleTurn } from './close-interrupted-turn';
import { EndedTurns } from './ended-turns';
import { FileOwners } from './file-owners';
import { HostEntries } from './host-entries';
import {
  defaultJournalLimits,
  type JournaledArea,
  type JournalLimits,
  type JournalOptions,
  type JournalWarning,
  type JournaledTurn,
  type TurnNames,
} from './journal-options';
import { JournaledFolder } from './journaled-folder';
import { Keeper } from './keeper';
import { KeptFiles } from './kept-files';
import { KeptMender } from './kept-mender';
import { KnownFiles } from './known-files';
import { OpenTurn } from './open-turn';
import { recordVersion, withoutFailed, type JournalRecord, type KeptId } from './records';
import { changesOf, countChanges, netChanges, withoutThings, type Change } from './take-back/net-changes';
import { TurnFolders, type TurnOnDisk } from './turn-folders';
import { TurnLog, type LogSetAside } from './turn-log';
import { TurnNews } from './turn-news';
import type { TurnSource } from './turn-source';

interface Area extends JournaledArea {
  readonly entries: HostEntries | null;
  readonly folder: JournaledFolder;
}

export class Journal implements TurnSource {
  readonly known = new KnownFiles();
  readonly keeper: Keeper;
  readonly kept: KeptFiles;
  readonly setAside: readonly LogSetAside[];
  readonly #folders: TurnFolders;
  readonly #mender: KeptMender;
  readonly owners: FileOwners;
  readonly #areas = new Map<string, Area>();
  readonly #options: JournalOptions;
  readonly #limits: JournalLimits;
  readonly #now: () => number;
  readonly #news: TurnNews;
  readonly #warnings = new Listeners<JournalWarning>();
  readonly #ended: EndedTurns;
  #open: OpenTurn | null = null;
  #last = 0;

  private constructor(folder: string, options: JournalOptions) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#options = options;
    this.#limits = { ...defaultJournalLimits, ...options.limits };
    this.#now = options.now ?? Date.now;
    this.#news = new TurnNews(options.soon);
    this.#folders = new TurnFolders(folder);
    this.#ended = new EndedTurns(this.#folders);
    this.kept = new KeptFiles(this.#folders.path, options.disk);
    this.owners = new FileOwners({ known: this.known, kept: this.kept, files: (area) => this.#area(area).files });
    this.keeper = new Keeper({
      kept: this.kept,
      limits: this.#limits,
      isSynced: options.isSynced ?? true,
      onWarning: (warning) => this.#warnings.emit({ type: 'not-kept', ...warning }),
    });
    const aside: LogSetAside[] = [];
    for (const turn of this.#folders.numbers()) {
      this.#last = turn;
      const read = this.#folders.read(turn);
      if (read && 'reason' in read) aside.push(read);
      else if (read) this.#remember(read);
    }
    this.setAside = aside;
    const { kept, keeper } = this;
    this.#mender = new KeptMender({ folders: this.#folders, kept, lastTurn: this.#last, isSynced: keeper.isSynced });
    for (const [name, area] of Object.entries(options.areas)) this.#attach(name, area);
    this.#settle();
  }

  /**
   * Opens a task's journal and closes a turn that a crash left open.
   * @param folder on the host, created when it is missing. @throws the system's error when it can't be read or written
   */
  static open(folder: string, options: JournalOptions): Journal {
    return new Journal(folder, options);
  }

  /** The folder of an area, with its changes recorded. @throws Error for an unknown area */
  folder(area: string): JournaledFolder {
    return this.#area(area).folder;
  }

  /** The folder of an area without recording, for undo. @throws Error for an unknown area */
  area(name: string): { readonly files: FolderFiles; readonly entries: HostEntries | null } {
    return this.#area(name);
  }

  get isTurnOpen(): boolean {
    return this.#open !== null;
  }

  /**
   * Begins a turn and returns its number. An open turn for changes outside a run ends first. @throws Error when another
   * turn is open
   */
  beginTurn(names: TurnNames): number {
    return this.#begin('agent', names, []).begin.turn;
  }

  /** Like `beginTurn`, for an undo; `onRecords` receives the records of what was done. */
  beginTakeBack(of: readonly number[], onRecords: (records: readonly JournalRecord[]) => void): number {
    return this.#begin('take-back', { leaf: null, promptId: null }, of, onRecords).begin.turn;
  }

  /** Closes the open turn, if any. Anything the guest still holds back must be written first. */
  endTurn(): void {
    const turn = this.#open;
    if (!turn) return;
    this.#open = null;
    // What the records say about files is already known: it was noted with each of them.
    const counts = turn.end(this.#files(), this.known, this.#now());
    this.#ended.ended(turn.begin, counts);
    // Nothing waits for these files now; an undo would have to.
    void this.kept.flushed();
    this.#folders.setKeptBytes(turn.begin.turn, turn.keptBytes);
    const pruned = this.#folders.prune(this.#limits.maxTaskBytes, turn.begin.turn);
    this.kept.links.forget();
    this.#news.add([...this.#ended.takenBackBy(turn.begin.turn), ...pruned]);
    this.#news.report();
  }

  /** The turn that changes belong to. Changes between turns get one of kind `outside`. */
  turn(): OpenTurn {
    return this.#open ?? this.#begin('outside', { leaf: null, promptId: null }, []);
  }

  /** All turns, oldest first, without turns outside a run that changed nothing in the end. */
  turns(): readonly JournaledTurn[] {
    const ended = this.#ended.summaries();
    return this.#open ? [...ended, this.#summaryOf(this.#open)] : ended;
  }

  /** One of `turns`; `null` when it isn't among them. */
  summary(turn: number): JournaledTurn | null {
    return this.#open?.begin.turn === turn ? this.#summaryOf(this.#open) : this.#ended.summaryOf(turn);
  }

  /** The net effect of turns together, ignoring the turns that undid them. */
  changes(...turns: readonly number[]): readonly Change[] {
    const open = this.#open;
    // While a turn is open, its log needn't be read again and again.
    if (open && turns.length === 1 && turns[0] === open.begin.turn) return changesOf(open.tree).map(withoutThings);
    return netChanges(this.records(turns));
  }

  /** Logs of turns, in order. */
  records(turns: readonly number[]): readonly (readonly JournalRecord[])[] {
    return this.#ended.records(turns);
  }

  /** Numbers of all turns that have ended, oldest first */
  closedTurns(): readonly number[] {
    return this.#ended.numbers;
  }

  /** Turns with all turns that undid them, in order. */
  groupOf(turns: readonly number[]): readonly number[] {
    return this.#ended.groupOf(turns);
  }

  /** Restores kept files that a power cut before the last start destroyed. */
  mendKept(ids: readonly KeptId[]): void {
    this.#mender.mend(ids);
  }

  /** The earlier content of a file, as a stream; `null` when it wasn't kept or has been removed. */
  contentBefore({ kept, sizeBefore }: Pick<Change, 'kept' | 'sizeBefore'>): Readable | null {
    if (kept === null) return null;
    if (sizeBefore === null || !this.kept.isOfSize(kept, sizeBefore)) this.mendKept([kept]);
    if (!existsSync(this.kept.path(kept))) return null;
    return createReadStream(this.kept.path(kept));
  }

  /**
   * Whether the agent created a file in this task, nobody else changed it since, and it stands in for nothing that the
   * person had: see `PersonsNames`.
   */
  isOwn(area: string, names: Names, status: FileStatus): boolean {
    return this.owners.isOwn(area, names, status);
  }

  /** Whether a folder has something in it that the person had. Only what our changes brought there is known. */
  holdsPersons(area: string, folder: Names): boolean {
    return this.owners.holdsPersons(area, folder);
  }

  /** Calls the listener with the number of each turn that changed, once for many changes. */
  onChanged(listener: (turn: number) => void): Disposable {
    return this.#news.onChanged(listener);
  }

  onWarning(listener: (warning: JournalWarning) => void): Disposable {
    return this.#warnings.add(listener);
  }

  /** Ends the open turn and closes the folders. */
  close(): void {
    this.endTurn();
    for (const { folder } of this.#areas.values()) folder.close();
    this.#areas.clear();
  }

  #begin(
    kind: TurnKind,
    { leaf, promptId }: TurnNames,
    of: readonly number[],
    onRecords: (records: readonly JournalRecord[]) => void = () => undefined,
  ): OpenTurn {
    if (this.#open && this.#open.begin.kind !== 'outside') throw new Error('a turn is already open: end it first');
    this.endTurn();
    const number = ++this.#last;
    this.#folders.make(number);
    this.keeper.begin(number);
    const begin = {
      type: 'begin',
      version: recordVersion,
      turn: number,
      kind,
      leaf,
      promptId,
      at: this.#now(),
      of,
    } as const;
    const log = new TurnLog(this.#folders.logPath(number), {
      length: 0,
      directories: this.keeper.isSynced ? this.#folders.toSync(number) : [],
      disk: this.#options.disk,
    });
    const turn = new OpenTurn(log, begin, (records) => {
      this.owners.apply(records);
      onRecords(records);
      this.#news.add([number]);
    });
    this.#open = turn;
    return turn;
  }

  #attach(name: string, area: JournaledArea): void {
    const entries = area.path === null ? null : new HostEntries(area.path);
    const folder = new JournaledFolder({ journal: this, area: name, files: area.files, entries });
    this.#areas.set(name, { ...area, entries, folder });
  }

  #area(name: string): Area {
    const area = this.#areas.get(name);
    if (!area) throw new Error(`the journal has no folder ${name}`);
    return area;
  }

  #files(): ReadonlyMap<string, FolderFiles> {
    return new Map([...this.#areas].map(([name, { files }]) => [name, files]));
  }

  #remember(turn: TurnOnDisk): void {
    this.known.read(turn.records);
    this.#ended.found(turn);
    // A turn that a crash left open says only when it is closed what happened.
    if (isEnded(turn.records)) this.owners.apply(withoutFailed(turn.records));
  }

  /** Closes turns that a crash left open. A turn whose folders aren't all available stays open. */
  #settle(): void {
    for (const turn of this.#ended.unclosed) {
      const read = this.#folders.read(turn);
      if (!read || 'reason' in read) continue;
      if ([...areasOf(read.records)].some((area) => !this.#areas.has(area))) {
        this.owners.apply(withoutFailed(read.records));
        continue;
      }
      const options = { areas: this.#files(), known: this.known, kept: this.kept, at: this.#now() };
      const added = settleTurn(read, this.#folders.logPath(turn), options);
      this.#remember({ ...read, records: [...read.records, ...added] });
      this.#news.add([turn]);
    }
  }

  #summaryOf({ begin, tree }: OpenTurn): JournaledTurn {
    return this.#ended.summary(begin, countChanges(changesOf(tree)), 'open');
  }
}
