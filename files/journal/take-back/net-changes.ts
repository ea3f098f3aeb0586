/** The net effect of a turn: temporary files, detours and anything that returned to its earlier state are left out. */
import type { FileChangeCounts } from '../../../schema/file-changes';
import type { FileKind, Names } from '../../folder/folder-files';
import type { Identity } from '../file-identity';
import { treeOf, type NameTree } from '../name-tree';
import type { Body, Slot, Thing } from '../things';
import type { JournalRecord, KeptId, Was } from '../records';

export type ChangeKind = 'created' | 'changed' | 'renamed' | 'deleted' | 'mode' | 'times';
/** What differs about a file */
export type Aspect = 'place' | 'content' | 'mode' | 'times';

export interface Change {
  /** Stable while the turn is open */
  readonly id: string;
  readonly area: string;
  readonly kind: ChangeKind;
  readonly aspects: readonly Aspect[];
  /** Earlier names; absent for what is new */
  readonly from?: Names;
  /** Present names; absent for what is gone */
  readonly to?: Names;
  readonly fileKind: FileKind;
  /** Earlier state; `null` for what is new or was only renamed with its directory */
  readonly before: Was | null;
  /** State after our last change; `null` while that is in progress */
  readonly after: Identity | null;
  /** In bytes */
  readonly sizeBefore: number | null;
  readonly sizeAfter: number | null;
  /** Where the earlier content is kept; `null` when there is none, or it couldn't be kept */
  readonly kept: KeptId | null;
  /** Somebody else changed the same file during the turn */
  readonly isMixed: boolean;
}

/** A change with the things of the tree that it refers to. */
export interface TreeChange extends Change {
  /** The earlier thing */
  readonly old: Thing | null;
  /** The present thing; the same as `old` unless another file replaced it */
  readonly present: Thing | null;
}

/** The net effect of several turns' logs, in order. */
export const netChanges = (logs: readonly (readonly JournalRecord[])[]): readonly Change[] =>
  changesOf(treeOf(logs)).map(withoutThings);

/** A change without references into the tree. */
export const withoutThings = ({ old: _old, present: _present, ...change }: TreeChange): Change => change;

/** The number of changes of each kind. */
export function countChanges(changes: readonly Change[]): FileChangeCounts {
  const counts = { created: 0, changed: 0, renamed: 0, deleted: 0, mode: 0, times: 0 };
  for (const { kind } of changes) counts[kind] += 1;
  return counts;
}

/** The net effect of what was replayed on a tree. Parents come before their entries. */
export function changesOf(tree: NameTree): readonly TreeChange[] {
  const pairs = pair(tree.things);
  return pairs.flatMap((found) => changeOf(tree, found) ?? []).sort(byDepth);
}

/** Earlier things that others replace now, for instance a directory that was created again. */
export const successorsIn = (tree: NameTree): ReadonlyMap<Thing, Thing> =>
  new Map(
    pair(tree.things).flatMap(({ old, present }) =>
      old && present && old !== present ? [[old, present] as const] : [],
    ),
  );

/** Names of a slot, where it was before or where it is now. */
export function namesOf(slot: Slot | null, when: 'origin' | 'place'): Names | null {
  const names: string[] = [];
  for (let at = slot; at !== null; at = at.parent[when]) {
    names.unshift(at.name);
    if (at.parent[when] === null) return isRoot(at.parent) ? names : when === 'origin' ? originOfNew(at, names) : null;
  }
  return null;
}

/**
 * The root of a folder has neither origin nor place. The same is true of a file's second name that came and went, so
 * its kind is checked too.
 */
export const isRoot = ({ origin, place, body }: Thing): boolean =>
  origin === null && place === null && !body.isNew && body.kind === 'directory';

/** What the person put into the agent's directory is named by where it is now. */
const originOfNew = ({ parent }: Slot, names: Names): Names | null => {
  const above = namesOf(parent.place, 'place');
  return above && [...above, ...names];
};

interface Pair {
  readonly old: Thing | null;
  readonly present: Thing | null;
  readonly isElsewhere: boolean;
}

/** Which earlier thing and which present thing count as one change. */
function pair(things: readonly Thing[]): readonly Pair[] {
  const gone = things.filter((thing) => thing.origin !== null && thing.place === null);
  const came = new Set(things.filter((thing) => thing.origin === null && thing.place !== null));
  const stands = new Map<Thing, Thing>();
  const successor = new Map<Thing, Thing>();

  const adopt = (old: Thing, present: Thing): void => {
    successor.set(old, present);
    stands.set(present, old);
    came.delete(present);
  };
  const isAt = (old: Thing, present: Thing): boolean => {
    const parent = present.place?.parent;
    return (
      parent !== undefined &&
      present.place?.name === old.origin?.name &&
      (stands.get(parent) ?? parent) === old.origin?.parent
    );
  };

  // A file that got a second name and lost the first was renamed.
  for (const old of gone) {
    const same = [...old.body.things].filter((present) => came.has(present));
    const present = same.find((thing) => isAt(old, thing)) ?? same[0];
    if (present) adopt(old, present);
  }
  // Another file replaced it, as editors do when they save. Directories are paired first, so that their entries can be
  // paired too.
  const bySlot = new Map<Thing, Map<string, Thing>>();
  for (const old of gone) {
    if (successor.has(old) || old.body.isMixed || !old.origin) continue;
    const names = bySlot.get(old.origin.parent) ?? new Map<string, Thing>();
    if (!names.has(old.origin.name)) names.set(old.origin.name, old);
    bySlot.set(old.origin.parent, names);
  }
  const byPlace = [...came].map((present) => ({ present, depth: depth(present) }));
  for (const { present } of byPlace.sort((one, other) => one.depth - other.depth)) {
    if (!present.place) continue;
    const { parent, name } = present.place;
    const old = bySlot.get(stands.get(parent) ?? parent)?.get(name);
    if (old && old.body.kind === present.body.kind && !successor.has(old)) adopt(old, present);
  }
  return [
    ...things.flatMap((thing): Pair[] => {
      if (thing.origin === null) return [];
      const present = thing.place === null ? (successor.get(thing) ?? null) : thing;
      return [{ old: thing, present, isElsewhere: present !== null && !isAt(thing, present) }];
    }),
    ...[...came].map((present): Pair => ({ old: null, present, isElsewhere: false })),
  ];
}

function changeOf(tree: NameTree, { old, present, isElsewhere }: Pair): TreeChange | null {
  const thing = present ?? old;
  if (!thing) return null;
  const was = old?.body.was ?? null;
  const aspects = old && present ? aspectsOf(old, present, isElsewhere) : (['place'] as const);
  if (aspects.length === 0) return null;
  const from = old && namesOf(old.origin, 'origin');
  const to = present && namesOf(present.place, 'place');
  const { body } = thing;
  return {
    id: `${thing.area}-${(old ?? thing).id}`,
    area: thing.area,
    kind: kindOf(old, present, aspects),
    aspects,
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
    fileKind: body.kind,
    before: was,
    after: present?.body.after ?? null,
    sizeBefore: was?.size ?? null,
    sizeAfter: present?.body.after?.size ?? null,
    kept: old ? keptOf(tree, old, present) : null,
    isMixed: body.isMixed || old?.body.isMixed === true,
    old,
    present,
  };
}

const kindOf = (old: Thing | null, present: Thing | null, aspects: readonly Aspect[]): ChangeKind => {
  if (!old) return 'created';
  if (!present) return 'deleted';
  if (aspects.includes('place')) return 'renamed';
  if (aspects.includes('content')) return 'changed';
  return aspects.includes('mode') ? 'mode' : 'times';
};

function aspectsOf(old: Thing, present: Thing, isElsewhere: boolean): readonly Aspect[] {
  const aspects: Aspect[] = isElsewhere ? ['place'] : [];
  const { kind, was } = old.body;
  if (kind !== 'directory' && isOther(old.body, present.body)) aspects.push('content');
  if (was && present.body.mode !== null && present.body.mode !== was.mode && kind !== 'symlink') aspects.push('mode');
  // A directory's times follow from what happens in it.
  const isContent = aspects.includes('content') || kind === 'directory';
  const { mtimeNs } = present.body;
  if (was && !isContent && mtimeNs !== null && mtimeNs !== was.mtimeNs) aspects.push('times');
  return aspects;
}

const isOther = (old: Body, present: Body): boolean => present.version !== old.versionBefore;

/** The dropped file itself, otherwise the newest copy of its earlier content. */
function keptOf(tree: NameTree, old: Thing, present: Thing | null): KeptId | null {
  if (old.body.kind === 'directory' || old.body.kind === 'symlink') return null;
  if (old.place === null && old.body !== present?.body && old.body.version === old.body.versionBefore) return old.kept;
  return tree.copiesOf(old.body.versionBefore).at(-1) ?? null;
}

const depth = (thing: Thing): number => namesOf(thing.place, 'place')?.length ?? 0;

const byDepth = (one: Change, other: Change): number =>
  (one.from ?? one.to ?? []).length - (other.from ?? other.to ?? []).length;
