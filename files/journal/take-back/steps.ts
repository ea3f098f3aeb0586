/** Undoes one change at a time: puts a file back where and as it was, or removes what didn't exist. */
import type { FileStatus, Names } from '../../folder/folder-files';
import { statusIfThere } from '../../folder/status-if-there';
import type { Journal } from '../journal';
import type { NameTree } from '../name-tree';
import type { Thing } from '../things';
import type { KeptId, Was } from '../records';
import { successorsIn, type Change, type TreeChange } from './net-changes';
import type { Judge } from './plan';
import { needed, Restorer } from './restorer';
import type { TimeSetter } from './time-setter';

/** A file that is back, and its status there. */
interface Restored {
  readonly names: Names;
  readonly status: FileStatus;
}

/** Somebody else changed a file after the plan was made. */
export class ChangedMeanwhile extends Error {
  constructor(readonly reason: 'changed-since' | 'missing') {
    super(reason);
  }
}

export interface StepsOptions {
  readonly journal: Journal;
  readonly tree: NameTree;
  readonly judge: Judge;
  readonly times: TimeSetter;
  /** Whether to undo it even if somebody else changed it */
  readonly isChosen: (change: Change) => boolean;
}

export class Steps {
  readonly #journal: Journal;
  readonly #tree: NameTree;
  readonly #judge: Judge;
  readonly #times: TimeSetter;
  readonly #isChosen: (change: Change) => boolean;
  readonly #restorers = new Map<string, Restorer>();
  /** Things that are undone too, and may be moved out of the way */
  readonly #own = new Set<Thing>();
  readonly #successors: ReadonlyMap<Thing, Thing>;

  constructor({ journal, tree, judge, times, isChosen }: StepsOptions) {
    this.#journal = journal;
    this.#tree = tree;
    this.#judge = judge;
    this.#times = times;
    this.#isChosen = isChosen;
    this.#successors = successorsIn(tree);
  }

  /** Announces what is going to be undone. */
  own(changes: readonly TreeChange[]): void {
    for (const { old, present } of changes) for (const thing of [old, present]) if (thing) this.#own.add(thing);
  }

  end(): void {
    for (const restorer of this.#restorers.values()) restorer.end();
  }

  /** Restores what was there before the change. @throws ChangedMeanwhile, InTheWay or Errno */
  restore(change: TreeChange): boolean {
    const { area, fileKind } = change;
    const old = needed(change.old);
    const restorer = this.restorer(area);
    if (fileKind === 'directory') return this.#restoreDirectory(change, old, restorer);
    const { names, status } = this.#restoreFile(change, old, restorer);
    const was = old.body.was;
    if (was) this.#setMeta(area, names, was, status);
    return true;
  }

  #restoreDirectory({ area, present }: TreeChange, old: Thing, restorer: Restorer): boolean {
    const place = present && restorer.placeOf(present);
    let names = place;
    if (place) this.#makeOpen(area, place);
    if (!place) names = restorer.directory(old);
    else if (present === old) names = this.#moveBack(area, old, place, restorer);
    if (names && old.body.was) {
      this.#setMeta(area, names, old.body.was, this.#journal.area(area).files.status(names));
    }
    return true;
  }

  #makeOpen(area: string, names: Names): void {
    const { mode } = this.#journal.area(area).files.status(names);
    if ((mode & 0o700) !== 0o700) this.#journal.folder(area).setMode(names, mode | 0o700);
  }

  #restoreFile(change: TreeChange, old: Thing, restorer: Restorer): Restored {
    const { area, present, aspects } = change;
    const { files } = this.#journal.area(area);
    let place = present && restorer.placeOf(present);
    const status = place && statusIfThere(files, place);
    if (place && !status && !this.#isChosen(change)) throw new ChangedMeanwhile('missing');
    if (!place || !present || !status) return this.#bringBack(change, old, restorer);
    this.#checkUnchanged(change, status);
    if (aspects.includes('place')) place = this.#moveBack(area, present, place, restorer, restorer.slotOf(old));
    if (!aspects.includes('content')) return { names: place, status };
    return { names: place, status: this.#restoreContent(change, old, place, status, restorer) };
  }

  #restoreContent(
    { area, present, kept }: TreeChange,
    old: Thing,
    place: Names,
    status: FileStatus,
    restorer: Restorer,
  ): FileStatus {
    const { files } = this.#journal.area(area);
    const folder = this.#journal.folder(area);
    const isSameFile = present?.body === old.body;
    const twin = isSameFile ? null : this.#twinOf(old, restorer);
    if (old.body.kind === 'symlink') {
      folder.removeFile(place);
      folder.makeSymlink(place, needed(old.body.was?.target));
    } else if (twin) {
      folder.removeFile(place);
      folder.makeHardLink(twin, place);
    } else if (isSameFile && status.links > 1) restorer.restoreContent(needed(kept), place);
    else return this.#bringOld(area, old, kept, place, status, restorer);
    return files.status(place);
  }

  /** A moment ago it was as our last change left it; somebody may have changed it since. */
  #checkUnchanged(change: TreeChange, status: FileStatus): void {
    const { area, aspects } = change;
    const isMovedOnly = aspects.every((aspect) => aspect === 'place');
    if (isMovedOnly || this.#isChosen(change)) return;
    if (!this.#judge.isAsLeft(area, status)) throw new ChangedMeanwhile('changed-since');
  }

  #bringBack(change: TreeChange, old: Thing, restorer: Restorer): Restored {
    const { area, kept } = change;
    const slot = restorer.slotOf(old);
    restorer.free(slot, this.#isChosen(change));
    const folder = this.#journal.folder(area);
    const twin = this.#twinOf(old, restorer);
    if (old.body.kind === 'symlink') folder.makeSymlink(slot, needed(old.body.was?.target));
    else if (twin) folder.makeHardLink(twin, slot);
    else return { names: slot, status: this.#bringOld(area, old, kept, slot, null, restorer) };
    return { names: slot, status: this.#journal.area(area).files.status(slot) };
  }

  /**
   * Brings back the earlier file. If it still has other names, the file itself is used and all of them get its earlier
   * content.
   */
  #bringOld(
    area: string,
    old: Thing,
    kept: KeptId | null,
    names: Names,
    target: FileStatus | null,
    restorer: Restorer,
  ): FileStatus {
    const { kept: store } = this.#journal;
    const itself = old.kept !== null && old.kept !== kept && store.has(old.kept) ? store.status(old.kept) : null;
    if (old.kept === null || !itself || itself.links < 2) {
      return restorer.bring(needed(kept), names, kindKept(old), target);
    }
    if (!this.#judge.isAsLeft(area, itself)) throw new ChangedMeanwhile('changed-since');
    restorer.bring(old.kept, names, kindKept(old), target);
    restorer.restoreContent(needed(kept), names);
    return this.#journal.area(area).files.status(names);
  }

  /** Another name of the same file, which has its earlier content. */
  #twinOf(old: Thing, restorer: Restorer): Names | null {
    if (old.body.version !== old.body.versionBefore) return null;
    const twin = [...old.body.things].find((other) => other !== old && other.place !== null);
    return twin ? restorer.placeOf(twin) : null;
  }

  #moveBack(area: string, thing: Thing, place: Names, restorer: Restorer, slot = restorer.slotOf(thing)): Names {
    if (slot.join('/') === place.join('/')) return place;
    restorer.free(slot, false);
    // Making room may have moved this one too.
    this.#journal.folder(area).rename(needed(restorer.placeOf(thing)), slot, { onExisting: 'keep' });
    return slot;
  }

  /** Removes a file that didn't exist before; returns `false` for a directory. */
  removeFile(change: TreeChange): boolean {
    if (change.fileKind === 'directory') return false;
    const { area } = change;
    const place = this.restorer(area).placeOf(needed(change.present));
    const status = place && statusIfThere(this.#journal.area(area).files, place);
    if (!status) return true;
    // Its place says nothing about who changed it.
    this.#checkUnchanged({ ...change, aspects: ['content'] }, status);
    this.#journal.folder(area).removeFile(place);
    return true;
  }

  /** Removes a directory that didn't exist before; returns `false` when it isn't empty. */
  removeDirectory({ area, present }: TreeChange): boolean {
    const restorer = this.restorer(area);
    const place = restorer.placeOf(needed(present));
    return !place || restorer.removeDirectory(place);
  }

  /** The directories among the changes, inner ones before outer ones. */
  innermostFirst(changes: readonly TreeChange[]): readonly TreeChange[] {
    const depth = ({ area, present }: TreeChange): number =>
      (present && this.restorer(area).placeOf(present)?.length) ?? 0;
    return changes.filter(({ fileKind }) => fileKind === 'directory').sort((one, other) => depth(other) - depth(one));
  }

  #setMeta(area: string, names: Names, was: Was, status: FileStatus): void {
    const isMode = status.mode !== was.mode && was.kind !== 'symlink';
    // A directory may have to stay writable until everything is back.
    if (isMode && was.kind === 'directory') this.#times.addMode(area, names, was);
    else if (isMode) this.#times.setMode(area, names, was.mode);
    if (was.kind !== 'directory' && `${status.mtimeNs}` !== was.mtimeNs) this.#times.add(area, names, was);
  }

  restorer(area: string): Restorer {
    let restorer = this.#restorers.get(area);
    if (!restorer) {
      restorer = new Restorer({
        area,
        tree: this.#tree,
        ...this.#journal.area(area),
        folder: this.#journal.folder(area),
        kept: this.#journal.kept,
        own: this.#own,
        successors: this.#successors,
      });
      this.#restorers.set(area, restorer);
    }
    return restorer;
  }
}

const kindKept = ({ body }: Thing): 'file' | 'other' => (body.kind === 'file' ? 'file' : 'other');
