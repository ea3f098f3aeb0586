/** The turn that is going on: its log, and what its records have done so far. */
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

/** What was done about a file in this turn. */
export interface TurnFile {
  isNew: boolean;
  /** What it was before is in the log */
  isNoted: boolean;
  isContentKept: boolean;
}

export interface ActOptions {
  /** On the disk before it is done, because it cannot be found again by what the store holds */
  readonly isSynced: boolean;
}

export class OpenTurn {
  readonly begin: RecordOf<'begin'>;
  readonly tree = new NameTree();
  readonly #log: TurnLog;
  readonly #files = new Map<string, TurnFile>();
  readonly #onRecords: (records: readonly JournalRecord[]) => void;
  /** Of what is so already: they are written with the next record, before it is done */
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

  /** Sizes of all that was kept, whether or not it was in vain */
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

  /** For a file that is gone: its number may be another's soon. */
  forget(id: string): void {
    this.#files.delete(id);
  }

  /** Announces, does, and takes back the announcement when it fails. @throws what `act` throws, or Errno of the log */
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

  /** Takes down what is so already. */
  note(news: readonly NewRecord[]): void {
    if (news.length === 0) return;
    if (!this.#held) return this.act(news, { isSynced: false }, () => undefined);
    const records = this.#numbered(news);
    this.#held.push(...records);
    this.#applied(records);
  }

  /** Writes what is noted meanwhile together with what comes next; all of it is in the log when it returns. */
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

  /** Closes the log with what every touched file is now. Returns how many changes it was in the end. */
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
      // What was held stays to be written with the next one.
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
 * What the touched files of a tree are now; those that are not where they should be, or were changed by somebody else,
 * are left out. After a crash, a file that the log says nothing of yet is taken as it is.
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
  /** Kind of the turn that a crash ended */
  readonly crashed: TurnKind | null;
}

function afterRecord({ thing, names, files, known, crashed }: Touched): Omit<RecordOf<'after'>, 'seq'> | null {
  const { body, area } = thing;
  // The log says what we left; whatever it is by now, there is nothing to add, so it need not be looked at.
  if (body.after && body.file !== null && known.isLast(area, body.after)) return null;
  const status = statusIfThere(files, names);
  if (!status || (body.file !== null && body.file !== fileIdOf(status))) return null;
  const now = identityOf(status);
  // The log says it already.
  if (body.after && body.file !== null && isSame(body.after, now)) return null;
  const last = known.identity(area, `${status.ino}`);
  // What the person changed since our last change is not ours to vouch for.
  const isInFlux = known.isBusy(area, status) || (crashed !== null && body.after === null);
  if (last && !isInFlux && !isSame(last, now)) return null;
  const isOwn =
    known.isOwn(area, status) || (isInFlux && ((crashed === 'agent' && body.isMade) || known.wasOwn(area, status)));
  known.note(area, status, isOwn);
  return afterOf(area, names, status, isOwn);
}
