/** What an undo would do, and which changes by somebody else conflict with it. */
import type { FolderFiles, FileStatus, Names } from '../../folder/folder-files';
import { statusIfThere } from '../../folder/status-if-there';
import { identityOf, inoOf, isSame } from '../file-identity';
import type { Journal } from '../journal';
import { treeOf, type NameTree } from '../name-tree';
import type { Thing } from '../things';
import { changesOf, isRoot, namesOf, netChanges, withoutThings, type Change, type TreeChange } from './net-changes';
import type { KeptId } from '../records';

export type ConflictReason =
  /** Somebody else changed it since */
  | 'changed-since'
  /** Somebody else changed it during the turn */
  | 'mixed'
  /** A later turn changed it */
  | 'later-turn'
  /** It isn't where the turn left it */
  | 'missing'
  /** Something else has its earlier name */
  | 'occupied'
  /** Its earlier content was too large to keep or has been removed; it can't come back, whatever is chosen */
  | 'not-kept'
  /** A directory that the turn created contains something of somebody else's */
  | 'not-empty'
  /** The system refused */
  | 'failed';

export interface Conflict {
  readonly change: Change;
  readonly reason: ConflictReason;
  /** The system's error code, with `failed` */
  readonly code?: string;
}

export interface TakeBackPlan {
  /** Turns to undo */
  readonly of: readonly number[];
  /** Turns whose logs are undone together: these and what undid them before; for a redo, only the latter */
  readonly turns: readonly number[];
  /** The changes to undo, unless one has a conflict */
  readonly steps: readonly Change[];
  readonly conflicts: readonly Conflict[];
}

export interface PlanOptions {
  /** Numbers of turns */
  readonly turns: readonly number[];
  /** Ids of the changes to undo; all when left out */
  readonly only?: ReadonlySet<string>;
  /** Redoes what was undone */
  readonly isRedo?: boolean;
}

/** Says what undoing turns, or some of their changes, would do. */
export function planTakeBack(journal: Journal, { turns, only, isRedo = false }: PlanOptions): TakeBackPlan {
  const group = journal.groupOf(turns);
  const undone = isRedo ? group.filter((turn) => !turns.includes(turn)) : group;
  const of = isRedo ? undone : turns;
  const logs = journal.records(undone);
  const tree = treeOf(logs);
  const steps = changesOf(tree).filter(({ id }) => only?.has(id) ?? true);
  journal.mendKept(steps.flatMap(({ kept }) => kept ?? []));
  const judge = new Judge(journal, undone, steps);
  const conflicts = steps.flatMap((change) => {
    const reason = judge.conflict(change);
    return reason ? [{ change: withoutThings(change), reason }] : [];
  });
  const plan = { of, turns: undone, steps: steps.map(withoutThings), conflicts };
  planned.set(plan, { logs, tree, steps });
  return plan;
}

/** What a plan was made from. */
interface Planned {
  readonly logs: ReturnType<Journal['records']>;
  readonly tree: NameTree;
  readonly steps: readonly TreeChange[];
}

const planned = new WeakMap<TakeBackPlan, Planned>();

/**
 * The steps of a plan with their tree, which the caller may change. The tree is built again if it was already handed
 * out or the logs have changed.
 */
export function stepsOf(journal: Journal, plan: TakeBackPlan): Pick<Planned, 'tree' | 'steps'> {
  const logs = journal.records(plan.turns);
  const known = planned.get(plan);
  planned.delete(plan);
  if (known?.logs.length === logs.length && known.logs.every((log, index) => log === logs[index])) return known;
  const tree = treeOf(logs);
  const ids = new Set(plan.steps.map(({ id }) => id));
  return { tree, steps: changesOf(tree).filter(({ id }) => ids.has(id)) };
}

/** Finds conflicts with undoing a change, by the folders' present state. */
export class Judge {
  readonly #journal: Journal;
  readonly #later: readonly Change[];
  readonly #own: ReadonlySet<Thing>;
  /** What the store contains, by turn */
  readonly #kept = new Map<number, ReadonlySet<KeptId>>();

  constructor(journal: Journal, undone: readonly number[], steps: readonly TreeChange[]) {
    this.#journal = journal;
    const first = Math.min(...undone);
    const others = journal.closedTurns().filter((turn) => turn > first && !undone.includes(turn));
    this.#later = netChanges(journal.records(others));
    this.#own = new Set(steps.flatMap(({ old, present }) => [old, present].filter((thing) => thing !== null)));
  }

  conflict(change: TreeChange): ConflictReason | null {
    if (change.isMixed) return 'mixed';
    if (this.#isChangedLater(change)) return 'later-turn';
    if (this.isLost(change)) return 'not-kept';
    return this.#presentConflict(change) ?? this.#slotConflict(change);
  }

  /** The content needed to undo it is missing. */
  isLost({ fileKind, old, present, aspects, kept }: TreeChange): boolean {
    if (!old || fileKind === 'directory' || fileKind === 'symlink') return false;
    if (present && !aspects.includes('content')) return false;
    if (kept !== null && this.#isKept(kept)) return false;
    // Another name of the same file works as well.
    return present !== null || ![...old.body.things].some(({ place }) => place !== null);
  }

  #isKept(kept: KeptId): boolean {
    const turn = parseInt(kept, 10);
    const ids = this.#kept.get(turn) ?? new Set(this.#journal.kept.ids(turn));
    this.#kept.set(turn, ids);
    return ids.has(kept);
  }

  #presentConflict({ area, present, aspects, fileKind }: TreeChange): ConflictReason | null {
    if (!present) return null;
    const names = namesOf(present.place, 'place');
    const status = names && this.#status(area, names);
    if (!status) return 'missing';
    const { file } = present.body;
    if (status.kind !== fileKind || (file !== null && inoOf(file) !== `${status.ino}`)) return 'changed-since';
    if (fileKind === 'directory') return null;
    const isMovedOnly = present.origin !== null && aspects.every((aspect) => aspect === 'place');
    return isMovedOnly || this.isAsLeft(area, status) ? null : 'changed-since';
  }

  /** Whether a file is still as our last change left it. */
  isAsLeft(area: string, status: FileStatus): boolean {
    const known = this.#journal.known.identity(area, `${status.ino}`);
    return known !== null && isSame(known, identityOf(status));
  }

  #slotConflict({ area, old, present, aspects, fileKind }: TreeChange): ConflictReason | null {
    if (!old?.origin || (present && !aspects.includes('place'))) return null;
    const { parent, name } = old.origin;
    const occupant = parent.entries.get(name);
    if (occupant?.place && occupant !== old) return this.#own.has(occupant) ? null : 'occupied';
    const above = isRoot(parent) ? [] : namesOf(parent.place, 'place');
    const status = above && this.#status(area, [...above, name]);
    if (!status || (fileKind === 'directory' && status.kind === 'directory' && !present)) return null;
    return 'occupied';
  }

  #isChangedLater({ area, from, to }: Change): boolean {
    return this.#later.some((later) => {
      if (later.area !== area) return false;
      if (to && later.from && isWithin(to, later.from) && (isEqual(to, later.from) || later.to === undefined))
        return true;
      return from !== undefined && later.to !== undefined && later.from === undefined && isEqual(from, later.to);
    });
  }

  #status(area: string, names: Names): FileStatus | null {
    return statusIfThere(this.#files(area), names);
  }

  #files(area: string): FolderFiles {
    return this.#journal.area(area).files;
  }
}

const isWithin = (names: Names, above: Names): boolean =>
  names.length >= above.length && above.every((name, index) => names[index] === name);

const isEqual = (one: Names, other: Names): boolean => one.length === other.length && isWithin(one, other);
