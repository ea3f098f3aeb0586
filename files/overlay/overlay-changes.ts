/** What an overlay would do to the folder below, name by name. */
import type { FileChange, FileChangeCounts } from '../../schema/file-changes';
import type { FileStatus, FolderFiles, Names } from '../folder/folder-files';
import { statusIfThere } from '../folder/status-if-there';
import type { OverlayNode, OverlayTree } from './overlay-tree';

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
    if (!node) return below && before && !moved.has(key(below)) ? [deleted(below, before)] : [];
    return changeOf(node, names, { below, before, folder, store, isTaken: below !== null && moved.has(key(below)) });
  });
}

const sizeOf = (status: FileStatus | null): number | null => (status?.kind === 'file' ? status.size : null);

const deleted = (from: Names, before: FileStatus): OverlayChange => ({
  id: `deleted:${key(from)}`,
  kind: 'deleted',
  fileKind: before.kind,
  from,
  to: null,
  node: null,
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

function changeOf(node: OverlayNode, names: Names, { below, before, folder, store, isTaken }: Place): OverlayChange[] {
  const { base, mode, times } = node;
  const source = sourceOf(node);
  const after = base.from === 'folder' ? statusIfThere(folder, base.names) : statusIfThere(store, [base.id]);
  if (!after) return [];
  const fileKind = after.kind;
  const common = { fileKind, to: names, node, sizeAfter: sizeOf(after) };
  const id = key(names);
  if (source && !isEqual(below, source)) {
    const sizeBefore = sizeOf(statusIfThere(folder, source));
    return [{ id: `renamed:${id}`, kind: 'renamed', from: source, ...common, sizeBefore }];
  }
  if (base.from === 'store') {
    // What appeared there later is the person's.
    const isReplacing = base.origin !== null || base.replaces !== null;
    if (before && isReplacing && !isTaken && fileKind !== 'directory') {
      return [{ id: `changed:${id}`, kind: 'changed', from: below, ...common, sizeBefore: sizeOf(before) }];
    }
    return [{ id: `created:${id}`, kind: 'created', from: null, ...common, sizeBefore: null }];
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
