/** The journal's changes as people see them. */
import type { FileChange, TakeBackConflict, TurnSummary } from '../../schema/file-changes';
import type { JournaledTurn } from '../journal/journal-options';
import type { Change } from '../journal/take-back/net-changes';
import type { Conflict } from '../journal/take-back/plan';

const pathOf = (names: readonly string[] | undefined): string | null => names?.join('/') ?? null;

export const shownChange = (change: Change): FileChange => ({
  id: change.id,
  area: change.area === 'outputs' ? 'outputs' : 'folder',
  kind: change.kind,
  fileKind: change.fileKind,
  from: pathOf(change.from),
  to: pathOf(change.to),
  // The size of a directory means nothing to people.
  sizeBefore: change.fileKind === 'file' ? change.sizeBefore : null,
  sizeAfter: change.fileKind === 'file' ? change.sizeAfter : null,
  isKept: change.kept !== null || change.kind === 'created' || !change.aspects.includes('content'),
});

export const shownTurn = ({ leaf: _leaf, of, ...turn }: JournaledTurn): TurnSummary => ({ ...turn, of: [...of] });

export const shownConflict = ({ change, reason }: Conflict): TakeBackConflict => ({
  changeId: change.id,
  path: pathOf(change.to ?? change.from) ?? '',
  reason,
});
