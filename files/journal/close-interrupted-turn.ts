/** Closes a turn that a crash left open. The folder itself shows whether the last announced change happened. */
import type { FolderFiles, Names } from '../folder/folder-files';
import { statusIfThere } from '../folder/status-if-there';
import { fileIdOf, inoOf } from './file-identity';
import type { KeptFiles } from './kept-files';
import type { KnownFiles } from './known-files';
import { treeOf } from './name-tree';
import { changesOf, countChanges } from './take-back/net-changes';
import { afterRecords } from './open-turn';
import { withoutFailed, type JournalRecord, type NewRecord, type RecordOf, type Was } from './records';
import { TurnLog } from './turn-log';
import type { TurnOnDisk } from './turn-folders';

type Areas = ReadonlyMap<string, FolderFiles>;

/** Areas in which a turn changed something. */
export const areasOf = (records: readonly JournalRecord[]): ReadonlySet<string> =>
  new Set(records.flatMap((record) => ('area' in record ? [record.area] : [])));

export const isEnded = (records: readonly JournalRecord[]): boolean => records.at(-1)?.type === 'end';

export interface SettleOptions {
  readonly areas: Areas;
  readonly known: KnownFiles;
  readonly kept: KeptFiles;
  /** Milliseconds since the epoch */
  readonly at: number;
}

/** Ends the log of an interrupted turn; returns the records it added. */
export function settleTurn(
  { begin, records, length }: TurnOnDisk,
  path: string,
  { areas, known, kept, at }: SettleOptions,
): readonly JournalRecord[] {
  const added: JournalRecord[] = [];
  const log = new TurnLog(path, { length });
  const add = (news: readonly NewRecord[]): void => {
    const next = news.map((record, index): JournalRecord => ({
      ...record,
      seq: records.length + added.length + index,
    }));
    log.append(next);
    added.push(...next);
  };
  add(undone(records, areas).map(({ seq }) => ({ type: 'failed', of: seq })));
  const happened = withoutFailed([...records, ...added]);
  const strays = strayFiles(begin.turn, happened, areas, kept);
  add(strays);
  known.read(added);
  const tree = treeOf([happened]);
  add(afterRecords(tree, areas, known, begin.kind));
  for (const record of added) tree.apply(record);
  add([{ type: 'end', at, isInterrupted: true, counts: countChanges(changesOf(tree)) }]);
  log.sync();
  log.close();
  return added;
}

/** The announced records at the end of the log: one change, or a name that goes and the one that replaces it. */
function undone(records: readonly JournalRecord[], areas: Areas): readonly JournalRecord[] {
  const last = records.at(-1);
  if (!last || !isAct(last)) return [];
  const before = records.at(-2);
  const isReplacing =
    before?.type === 'drop' &&
    ((last.type === 'move' && isSameName(before, last.to)) ||
      (last.type === 'bring' && isSameName(before, last.names)));
  // The new name exists as soon as the old file has lost it.
  if (isReplacing) return isDone(before, areas) ? [] : [before, last];
  return isDone(last, areas) ? [] : [last];
}

/** What was kept for changes that didn't happen is removed; the files themselves are still in place. */
function strayFiles(
  turn: number,
  records: readonly JournalRecord[],
  areas: Areas,
  kept: KeptFiles,
): readonly Omit<RecordOf<'loose'>, 'seq'>[] {
  const named = new Set(records.flatMap((record) => ('kept' in record && record.kept !== null ? [record.kept] : [])));
  return kept
    .ids(turn)
    .filter((id) => !named.has(id))
    .flatMap((id) => {
      const file = fileIdOf(kept.status(id));
      kept.remove(id);
      return [...areas.keys()].map((area) => ({ type: 'loose', area, file }) as const);
    });
}

type Act = RecordOf<'create' | 'drop' | 'move' | 'bring'>;

const isAct = (record: JournalRecord): record is Act => ['create', 'drop', 'move', 'bring'].includes(record.type);

const isSameName = ({ names }: RecordOf<'drop'>, other: readonly string[]): boolean =>
  names.join('/') === other.join('/');

function isDone(record: Act, areas: Areas): boolean {
  const files = areas.get(record.area);
  if (!files) return true;
  switch (record.type) {
    case 'create':
    case 'bring':
      return statusIfThere(files, record.names) !== null;
    case 'drop':
      return !has(files, record.names, record.was);
    case 'move':
      return has(files, record.to, record.was);
  }
}

/** By inode alone: the device number can change at a restart. */
const has = (files: FolderFiles, names: Names, was: Was): boolean =>
  `${statusIfThere(files, names)?.ino}` === inoOf(was.file);
