/**
 * Makes the folder below match the overlay, completely or by chosen changes. Each file is replaced in one step by a
 * rename. The folder's journal makes it one turn that can be undone.
 */
import type { FileStatus, FolderFiles, Names, OpenFile } from '../folder/folder-files';
import { copyContent } from '../folder/file-content';
import { isRewritten } from '../folder/is-changed';
import { statusIfThere } from '../folder/status-if-there';
import type { OverlayChange } from './overlay-changes';
import type { Origin } from './overlay-tree';

const key = (names: Names): string => names.join('/');
const isWithin = (names: Names, above: Names): boolean =>
  names.length > above.length && above.every((name, index) => names[index] === name);

/**
 * Adds what the chosen changes need to have a place: the directories that must exist or be where the overlay has them,
 * and the deletion of what they replace.
 */
export function withNeeded(all: readonly OverlayChange[], chosen: ReadonlySet<string>): readonly OverlayChange[] {
  const isNeeded = ({ to, fileKind, kind }: OverlayChange): boolean =>
    (kind === 'created' || kind === 'renamed') &&
    fileKind === 'directory' &&
    all.some((other) => chosen.has(other.id) && to !== null && other.to !== null && isWithin(other.to, to));
  const wanted = all.filter((change) => chosen.has(change.id) || isNeeded(change));
  const needed = new Set(wanted.map(({ needs }) => needs));
  return all.filter((change) => wanted.includes(change) || needed.has(change.id));
}

export interface ApplyConflict {
  readonly change: OverlayChange;
  readonly reason: 'changed-since' | 'missing' | 'occupied';
}

/** The person put something else there. An entry more or less doesn't make a directory another one. */
const isOther = (present: FileStatus, known: Origin): boolean =>
  present.ino !== known.ino || (present.kind !== 'directory' && isRewritten(known, present));

/** Changes that would overwrite what the person did since the agent read it. */
export function applyConflicts(changes: readonly OverlayChange[], folder: FolderFiles): readonly ApplyConflict[] {
  const conflicts = changes.flatMap((change): ApplyConflict[] => {
    const { from, known } = change;
    const present = from && statusIfThere(folder, from);
    if (from && !present) return [{ change, reason: 'missing' }];
    return present && known && isOther(present, known) ? [{ change, reason: 'changed-since' }] : [];
  });
  const staying = new Set(conflicts.map(({ change }) => change));
  const leaving = new Set(
    changes
      .filter((change) => !staying.has(change) && change.kind !== 'mode' && change.kind !== 'times')
      .flatMap(({ from }) => (from ? [key(from)] : [])),
  );
  const isFreed = (to: Names): boolean => to.some((_, index) => leaving.has(key(to.slice(0, index + 1))));
  const occupied = changes.flatMap((change): ApplyConflict[] => {
    const { kind, to, fileKind } = change;
    const isNewName = to !== null && (kind === 'created' || kind === 'renamed') && !isFreed(to);
    const occupant = isNewName && !staying.has(change) ? statusIfThere(folder, to) : null;
    const isMerged = fileKind === 'directory' && kind === 'created' && occupant?.kind === 'directory';
    return occupant && !isMerged ? [{ change, reason: 'occupied' }] : [];
  });
  return [...conflicts, ...occupied];
}

export interface ApplyOptions {
  /** The folder to write to: its journaled layer */
  readonly target: FolderFiles;
  readonly store: FolderFiles;
  readonly onProgress: (done: number, total: number) => void;
}

/** Carries out changes, ordered so that each has its place. @throws Errno at the first one that the system refuses */
export function applyChanges(changes: readonly OverlayChange[], { target, store, onProgress }: ApplyOptions): void {
  const parked = new Map<string, Names>();
  let done = 0;
  const step = (): void => onProgress(++done, changes.length);
  const leaving = changes.filter(({ kind }) => kind === 'deleted' || kind === 'renamed');
  // Innermost first: what leaves a directory that is itself removed must be out of it before.
  for (const change of [...leaving].sort((one, other) => (other.from?.length ?? 0) - (one.from?.length ?? 0))) {
    if (!change.from) continue;
    if (change.kind === 'deleted') {
      removeAll(target, change.from);
      step();
      continue;
    }
    const place = [`.piwork-apply-${parked.size + 1}`];
    target.rename(change.from, place, { onExisting: 'keep' });
    parked.set(change.id, place);
  }
  for (const change of [...changes].sort((one, other) => (one.to?.length ?? 0) - (other.to?.length ?? 0))) {
    if (!change.to || !change.node) continue;
    arrive(change, change.to, { target, store, parked: parked.get(change.id) });
    step();
  }
}

interface Arrival {
  readonly target: FolderFiles;
  readonly store: FolderFiles;
  readonly parked: Names | undefined;
}

function arrive({ node, kind }: OverlayChange, to: Names, { target, store, parked }: Arrival): void {
  if (!node) return;
  const { base, mode, times } = node;
  if (parked) target.rename(parked, to, { onExisting: 'replace' });
  if (base.from === 'folder') {
    if (mode !== null) target.setMode(to, mode);
    if (times.mtimeNs !== undefined || times.atimeNs !== undefined) target.setTimes(to, times);
    return;
  }
  const status = store.status([base.id]);
  if (status.kind === 'directory') {
    if (!statusIfThere(target, to)) target.makeDirectory(to, status.mode);
    return;
  }
  if (status.kind === 'symlink') {
    if (statusIfThere(target, to)) target.removeFile(to);
    return target.makeSymlink(to, store.readLink([base.id]));
  }
  const beside = [...to.slice(0, -1), `.piwork-new-${base.id}`];
  copyFile(store.openFile([base.id], { isWritable: false }), target.createFile(beside, status.mode));
  target.setMode(beside, status.mode);
  target.setTimes(beside, { atimeNs: status.atimeNs, mtimeNs: status.mtimeNs });
  target.rename(beside, to, { onExisting: kind === 'created' ? 'keep' : 'replace' });
}

function copyFile(from: OpenFile, to: OpenFile): void {
  try {
    copyContent(from, to);
  } finally {
    from.close();
    to.close();
  }
}

/** A name with everything below it. */
function removeAll(files: FolderFiles, names: Names): void {
  if (files.status(names).kind !== 'directory') return files.removeFile(names);
  for (const { name } of files.list(names)) removeAll(files, [...names, name]);
  files.removeDirectory(names);
}
