/** What an overlay would do to the folder below, name by name. */
import type { FileChange, FileChangeCounts } from '../../schema/file-changes';
import type { FileKind, FileStatus, FolderFiles, Names } from '../folder/folder-files';
import { statusIfThere } from '../folder/status-if-there';
import type { Origin, OverlayNode, OverlayTree } from './overlay-tree';

/** One change, with what is needed to apply it. */
export interface OverlayChange {
  readonly id: string;
  readonly kind: FileChange['kind'];
  readonly fileKind: FileChange['fileKind'];
  /** Names in the folder below; `null` for what is new */
  readonly from: Names | null;
  /** Names in the overlay; `null` for what is removed */
  readonly to: Names | null;
  readonly node: OverlayNode | null;
  /** What the folder below had at `from` when the agent changed or replaced it; `null` when nobody noted it */
  readonly known: Origin | null;
  /** The deletion that must come first, because this takes the place of what it deletes */
  readonly needs: string | null;
  readonly sizeBefore: number | null;
  readonly sizeAfter: number | null;
}

export interface OverlayLayers {
  readonly tree: OverlayTree;
  readonly folder: FolderFiles;
  readonly store: FolderFiles;
}

const key = (names: Names): string => names.join('/');
const isEqual = (one: Names | null, other: Names): boolean => one !== null && key(one) === key(other);

/** Where a node was in the folder below; `null` for what is new. */
function sourceOf({ base }: OverlayNode): Names | null {
  return base.from === 'folder' ? base.names : (base.origin?.names ?? null);
}

/** All differences; parents before their entries. */
export function overlayChanges({ tree, folder, store }: OverlayLayers): readonly OverlayChange[] {
  const all = [...tree.walk()];
  const moved = new Set<string>();
  for (const { names, node } of all) {
    const source = node && sourceOf(node);
    if (source && !isEqual(tree.placeBelow(names), source)) moved.add(key(source));
  }
  return all.flatMap(({ names, node }): OverlayChange[] => {
    const below = tree.placeBelow(names);
    const before = below && statusIfThere(folder, below);
    if (!node) return below && before && !moved.has(key(below)) ? [deleted(below, before, null)] : [];
    return changeOf(node, names, { below, before, folder, store, isTaken: below !== null && moved.has(key(below)) });
  });
}

const sizeOf = (status: FileStatus | null): number | null => (status?.kind === 'file' ? status.size : null);

const deleted = (from: Names, before: FileStatus, known: Origin | null): OverlayChange => ({
  id: `deleted:${key(from)}`,
  kind: 'deleted',
  fileKind: before.kind,
  from,
  to: null,
  node: null,
  known,
  needs: null,
  sizeBefore: sizeOf(before),
  sizeAfter: null,
});

interface Place {
  readonly below: Names | null;
  readonly before: FileStatus | null;
  readonly folder: FolderFiles;
  readonly store: FolderFiles;
  /** What was in the folder below has moved */
  readonly isTaken: boolean;
}

/**
 * What must be deleted below so that the node can take its place: a file and a directory can't replace each other, and a
 * directory that is made or moved there shows nothing of the one below. What appeared there later is the person's.
 */
function deletionFor(node: OverlayNode, isMoved: boolean, fileKind: FileKind, { below, before, isTaken }: Place) {
  const { replaces } = node.base;
  if (!below || !before || !replaces || isTaken) return null;
  if (before.kind === 'directory') return before.ino === replaces.ino ? deleted(below, before, replaces) : null;
  return isMoved || fileKind === 'directory' ? deleted(below, before, replaces) : null;
}

function changeOf(node: OverlayNode, names: Names, place: Place): OverlayChange[] {
  const { below, before, folder, store, isTaken } = place;
  const { base, mode, times } = node;
  const source = sourceOf(node);
  const after = base.from === 'folder' ? statusIfThere(folder, base.names) : statusIfThere(store, [base.id]);
  if (!after) return [];
  const fileKind = after.kind;
  const known = base.from === 'store' ? (base.origin ?? base.replaces) : null;
  const common = { fileKind, to: names, node, known, needs: null, sizeAfter: sizeOf(after) };
  const id = key(names);
  const isMoved = source !== null && !isEqual(below, source);
  const isAtHome = source !== null && !isMoved;
  const deletion = isAtHome ? null : deletionFor(node, isMoved, fileKind, place);
  const first = deletion ? [deletion] : [];
  const needs = deletion?.id ?? null;
  if (isMoved) {
    const sizeBefore = sizeOf(statusIfThere(folder, source));
    const origin = base.from === 'store' ? base.origin : null;
    return [
      ...first,
      { id: `renamed:${id}`, kind: 'renamed', from: source, ...common, known: origin, needs, sizeBefore },
    ];
  }
  if (base.from === 'store') {
    const isReplacing = base.origin !== null || base.replaces !== null;
    if (before && isReplacing && !isTaken && !deletion && fileKind !== 'directory') {
      return [{ id: `changed:${id}`, kind: 'changed', from: below, ...common, sizeBefore: sizeOf(before) }];
    }
    return [...first, { id: `created:${id}`, kind: 'created', from: null, ...common, needs, sizeBefore: null }];
  }
  const size = { sizeBefore: sizeOf(after) };
  if (mode !== null) return [{ id: `mode:${id}`, kind: 'mode', from: below, ...common, ...size }];
  if (times.mtimeNs !== undefined) return [{ id: `times:${id}`, kind: 'times', from: below, ...common, ...size }];
  return [];
}

/** The change as it is shown to the person. */
export const shownOverlayChange = ({
  id,
  kind,
  fileKind,
  from,
  to,
  sizeBefore,
  sizeAfter,
}: OverlayChange): FileChange => ({
  ...{ id, kind, fileKind, sizeBefore, sizeAfter },
  area: 'folder',
  from: from && key(from),
  to: to && key(to),
  isKept: true,
});

export function countOverlay(changes: readonly OverlayChange[]): FileChangeCounts {
  const counts = { created: 0, changed: 0, renamed: 0, deleted: 0, mode: 0, times: 0 };
  for (const { kind } of changes) counts[kind] += 1;
  return counts;
}
