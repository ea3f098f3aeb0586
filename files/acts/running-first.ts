/** The order in which a turn's changes are shown and offered for undo. */
import type { Change } from '../journal/take-back/net-changes';
import { isBuilt, runningName } from './running-names';

const rankOf = ({ to, from }: Pick<Change, 'to' | 'from'>): number => {
  const names = to ?? from ?? [];
  if (runningName(names)) return 0;
  return isBuilt(names) ? 1 : 2;
};

/** Files that programs run by themselves first, then those that run when somebody builds; the rest as it is. */
export function runningFirst<T extends Pick<Change, 'to' | 'from'>>(changes: readonly T[]): readonly T[] {
  const ranked = changes.map((change) => ({ change, rank: rankOf(change) }));
  return ranked.sort((one, other) => one.rank - other.rank).map(({ change }) => change);
}
