/** The open turn: its log, and the effect of its records so far. */
import type { FileChangeCounts, TurnKind } from '../../schema/file-changes';
import type { FolderFiles, Names } from '../folder/folder-files';
import { statusIfThere } from '../folder/status-if-there';
import { afterOf, fileIdOf, identityOf, isSame } from './file-identity';
import type { KnownFiles } from './known-files';
import { NameTree } from './name-tree';
import type { Thing } from './things';
import { changesOf, countChanges, namesOf } from './take-back/net-changes';
import type { JournalRecord, NewRecord, RecordOf } from './records';
import type { TurnLog } from './turn-log';

/** What this turn already did for a file. */
export interface TurnFile {
  isNew: boolean;
  /** The log has its earlier state */
  isNoted: boolean;
  isContentKept: boolean;
}

export interface ActOptions {
  /** Written before the change is done, because what is in the store can't reveal it later */
  readonly isSynced: boolean;
}

export class OpenTurn {
  readonly begin: RecordOf<'begin'>;
  readonly tree = new NameTree();
  readonly #log: TurnLog;
  readonly #files = new Map<string, TurnFile>();
  readonly #onRecords: (records: readonly JournalRecord[]) => void;
  /** Records of what already happened: written with the next record, before its change is done */
  #held: JournalRecord[] | null = null;
  #seq = 0;
  #keptBytes = 0;

  constructor(
    log: TurnLog,
    begin: Omit<RecordOf<'begin'>, 'seq'>,
    onRecords: (records: readonly JournalRecord[]) => void,
  ) {
    this.#log = log;
    this.#onRecords = onRecords;
    this.begin = this.#write([begin])[0] as RecordOf<'begin'>;
  }

  /** Total size of everything kept, including what was kept for nothing */
  get keptBytes(): number {
    return this.#keptBytes;
  }

  file(id: string): TurnFile {
    let file = this.#files.get(id);
    if (!file) {
      file = { isNew: false, isNoted: false, isContentKept: false };
      this.#files.set(id, file);
    }
    return file;
  }

  /** For a file that is gone: its number may soon belong to another. */
  forget(id: string): void {
    this.#files.delete(id);
  }

  /**
   * Announces the change, does it, and withdraws the announcement if it fails. @throws what `act` throws, or Errno of
   * the log
   */
  act<T>(news: readonly NewRecord[], { isSynced }: ActOptions, act: () => T): T {
    const records = this.#write(news);
    if (isSynced) this.#log.sync();
    let result: T;
    try {
      result = act();
    } catch (error) {
      for (const { seq, type } of records)
        if (type !== 'folder' && type !== 'loose') this.#write([{ type: 'failed', of: seq }]);
      throw error;
    }
    this.#applied(records);
    return result;
  }

  /** Records what already happened. */
  note(news: readonly NewRecord[]): void {
    if (news.length === 0) return;
    if (!this.#held) return this.act(news, { isSynced: false }, () => undefined);
    const records = this.#numbered(news);
    this.#held.push(...records);
    this.#applied(records);
  }

  /**
   * Writes what was noted in the meantime together with the next records. All of it is in the log when this returns.
   */
  together<T>(run: () => T): T {
    this.#held = [];
    try {
      return run();
    } finally {
      this.#write([]);
      this.#held = null;
    }
  }

  flushSoon(): void {
    this.#log.flushSoon();
  }

  sync(): void {
    this.#log.sync();
  }

  /** Closes the log with the final state of every touched file. Returns the net number of changes. */
  end(areas: ReadonlyMap<string, FolderFiles>, known: KnownFiles, at: number): FileChangeCounts {
    this.note(afterRecords(this.tree, areas, known));
    const counts = countChanges(changesOf(this.tree));
    this.#write([{ type: 'end', at, isInterrupted: false, counts }]);
    this.#log.sync();
    this.#log.close();
    return counts;
  }

  #applied(records: readonly JournalRecord[]): void {
    for (const record of records) this.tree.apply(record);
    this.#onRecords(records);
  }

  #numbered(news: readonly NewRecord[]): readonly JournalRecord[] {
    const records = news.map((record, index): JournalRecord => ({ ...record, seq: this.#seq + index }));
    this.#seq += records.length;
    return records;
  }

  #write(news: readonly NewRecord[]): readonly JournalRecord[] {
    const first = this.#seq;
    const records = this.#numbered(news);
    try {
      this.#log.append([...(this.#held ?? []), ...records]);
    } catch (error) {
      // The held records stay, to be written with the next one.
      this.#seq = first;
      throw error;
    }
    if (this.#held) this.#held = [];
    for (const record of records) {
      if ((record.type === 'drop' || record.type === 'content') && record.kept !== null)
        this.#keptBytes += record.was.size;
    }
    return records;
  }
}

/**
 * The present state of a tree's touched files, without those that are missing from their place or were changed by
 * somebody else. After a crash, a file that the log doesn't describe yet is recorded as it is.
 */
export function afterRecords(
  tree: NameTree,
  areas: ReadonlyMap<string, FolderFiles>,
  known: KnownFiles,
  crashed: TurnKind | null = null,
): readonly Omit<RecordOf<'after'>, 'seq'>[] {
  const roots = tree.roots();
  return [...roots, ...tree.things].flatMap((thing) => {
    const names = roots.includes(thing) ? [] : namesOf(thing.place, 'place');
    const files = areas.get(thing.area);
    return names && files ? (afterRecord({ thing, names, files, known, crashed }) ?? []) : [];
  });
}

interface Touched {
  readonly thing: Thing;
  readonly names: Names;
  readonly files: FolderFiles;
  readonly known: KnownFiles;
  /** Kind of the turn that the crash ended */
  readonly crashed: TurnKind | null;
}

function afterRecord({ thing, names, files, known, crashed }: Touched): Omit<RecordOf<'after'>, 'seq'> | null {
  const { body, area } = thing;
  // The log says what we left. Nothing can be added to that, so the file isn't looked at.
  if (body.after && body.file !== null && known.isLast(area, body.after)) return null;
  const status = statusIfThere(files, names);
  if (!status || (body.file !== null && body.file !== fileIdOf(status))) return null;
  const now = identityOf(status);
  // The log already says this.
  if (body.after && body.file !== null && isSame(body.after, now)) return null;
  const last = known.identity(area, `${status.ino}`);
  // We don't record what the person changed since our last change.
  const isInFlux = known.isBusy(area, status) || (crashed !== null && body.after === null);
  if (last && !isInFlux && !isSame(last, now)) return null;
  const isOwn =
    known.isOwn(area, status) || (isInFlux && ((crashed === 'agent' && body.isMade) || known.wasOwn(area, status)));
  known.note(area, status, isOwn);
  return afterOf(area, names, status, isOwn);
}
