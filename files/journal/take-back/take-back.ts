/** Takes back what a plan says, step by step; what somebody else changed stays, unless it is chosen otherwise. */
import { chmodSync, lstatSync } from 'node:fs';
import { errnoOf } from '../../folder/errno';
import type { FileStatus, Names } from '../../folder/folder-files';
import { statusIfThere } from '../../folder/status-if-there';
import type { Journal } from '../journal';
import type { NameTree, Thing } from '../name-tree';
import { successorsIn, withoutThings, type Change, type TreeChange } from './net-changes';
import type { KeptId, Was } from '../records';
import { InTheWay, needed, Restorer } from './restorer';
import { TimesProgram, type SetTimes } from './set-times';
import { Judge, stepsOf, type Conflict, type TakeBackPlan } from './plan';
import { TimeSetter } from './time-setter';
import { TouchedFolders } from '../touched-folders';

/** `leave` keeps what is there; `take-back` puts it into the store, from where a redo brings it back. */
export type ConflictChoice = 'leave' | 'take-back';

export interface TakeBackOptions {
  /** By id of change; what is left out is left */
  readonly choices?: ReadonlyMap<string, ConflictChoice>;
  readonly onProgress?: (done: number, total: number) => void;
  /** Ends it between two steps; what is left can be taken back later */
  readonly signal?: AbortSignal;
  readonly setTimes?: SetTimes;
}

export interface TakeBackResult {
  /** Number of the turn that this taking back is, which can be taken back in turn */
  readonly turn: number;
  readonly done: number;
  /** What stays as it is */
  readonly left: readonly Conflict[];
  /** Whether times are what they were to the nanosecond, else to the microsecond */
  readonly areTimesExact: boolean;
  readonly isCancelled: boolean;
}

/** A file that is back, and what it is there. */
interface Restored {
  readonly names: Names;
  readonly status: FileStatus;
}

/** How long steps run before others get their turn, in milliseconds */
const sliceMs = 20;

/** Somebody else changed a file after the plan was made. */
class ChangedMeanwhile extends Error {
  constructor(readonly reason: 'changed-since' | 'missing') {
    super(reason);
  }
}

const immediate = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Carries out a plan. @throws Error when a turn is open, the system's error when the journal cannot be written */
export async function takeBack(
  journal: Journal,
  plan: TakeBackPlan,
  options: TakeBackOptions = {},
): Promise<TakeBackResult> {
  // It starts while the rest is made ready.
  const program = options.setTimes ? null : new TimesProgram();
  const setTimes = options.setTimes ?? needed(program).set;
  try {
    const { tree, steps } = stepsOf(journal, plan);
    const turn = journal.beginTakeBack(plan.of, (records) => {
      for (const record of records) tree.apply(record);
    });
    try {
      return { turn, ...(await new TakingBack(journal, tree, plan, steps, { ...options, setTimes }).run()) };
    } finally {
      journal.endTurn();
    }
  } finally {
    program?.end();
  }
}

class TakingBack {
  readonly #journal: Journal;
  readonly #tree: NameTree;
  readonly #steps: readonly TreeChange[];
  readonly #options: TakeBackOptions;
  readonly #judge: Judge;
  readonly #times: TimeSetter;
  readonly #restorers = new Map<string, Restorer>();
  /** Things that are taken back, and may be moved out of the way for it */
  readonly #own = new Set<Thing>();
  readonly #successors: ReadonlyMap<Thing, Thing>;
  readonly #conflicts: ReadonlyMap<string, Conflict>;
  readonly #left: Conflict[] = [];
  #done = 0;

  constructor(
    journal: Journal,
    tree: NameTree,
    plan: TakeBackPlan,
    steps: readonly TreeChange[],
    options: TakeBackOptions & { readonly setTimes: SetTimes },
  ) {
    this.#journal = journal;
    this.#tree = tree;
    this.#steps = steps;
    this.#options = options;
    this.#conflicts = new Map(plan.conflicts.map((conflict) => [conflict.change.id, conflict]));
    this.#judge = new Judge(journal, plan.turns, steps);
    this.#successors = successorsIn(tree);
    this.#times = new TimeSetter(journal, options.setTimes);
  }

  async run(): Promise<Omit<TakeBackResult, 'turn'>> {
    const folders = new TouchedFolders({
      journal: this.#journal,
      tree: this.#tree,
      judge: this.#judge,
      restorer: (area) => this.#restorer(area),
    });
    const isDue = this.#steps.filter((change) => this.#isToDo(change));
    for (const { old, present } of isDue) for (const thing of [old, present]) if (thing) this.#own.add(thing);
    await Promise.all([this.#prepareKept(isDue), this.#journal.kept.flushed()]);
    const restored = isDue.filter(({ old }) => old !== null);
    // What is new goes at the end, the innermost first: what was moved into it is out again by then.
    const removed = isDue.filter(({ old }) => old === null);
    const isWhole =
      (await this.#each(restored, (change) => this.#restore(change))) &&
      (await this.#each(removed, (change) => this.#removeFile(change))) &&
      (await this.#each(this.#innermostFirst(removed), (change) => this.#removeDirectory(change)));
    for (const restorer of this.#restorers.values()) restorer.end();
    if (isWhole) folders.addTimes(this.#times, this.#left);
    await this.#times.end();
    return {
      done: this.#done,
      left: this.#left,
      areTimesExact: this.#times.isExact,
      isCancelled: !isWhole,
    };
  }

  /** Whether the plan has nothing against it, or it was chosen nevertheless; what is not done is taken down as left. */
  #isToDo(change: TreeChange): boolean {
    const conflict = this.#conflicts.get(change.id);
    if (!conflict) return true;
    if (this.#isChosen(change) && conflict.reason !== 'not-kept' && !this.#judge.isLost(change)) return true;
    this.#left.push(conflict);
    return false;
  }

  #isChosen({ id }: Change): boolean {
    return this.#options.choices?.get(id) === 'take-back';
  }

  /** Copies in the store get mode and times before they come back, so that they come back as they were at once. */
  async #prepareKept(changes: readonly TreeChange[]): Promise<void> {
    for (const { old, kept } of changes) {
      const was = old?.body.was;
      if (!was || kept === null) continue;
      const path = this.#journal.kept.path(kept);
      const stats = lstatSync(path, { bigint: true, throwIfNoEntry: false });
      if (!stats) continue;
      // Another name of the same file is still in the folder.
      if (stats.nlink > 1n) continue;
      if (Number(stats.mode & 0o7777n) !== was.mode) chmodSync(path, was.mode);
      if (`${stats.mtimeNs}` !== was.mtimeNs) this.#times.addKept(path, was);
    }
    await this.#times.flush();
  }

  /** Does one step after the other, and lets others run between; `false` when it was cancelled. */
  async #each(changes: readonly TreeChange[], act: (change: TreeChange) => boolean): Promise<boolean> {
    const turn = this.#journal.turn();
    for (let next = 0; next < changes.length;) {
      if (this.#options.signal?.aborted) return false;
      next = turn.together(() => this.#slice(changes, next, act));
      if (this.#times.isFull) await this.#times.flush();
      else if (next < changes.length) await immediate();
    }
    return true;
  }

  /** Does some steps, from `first` on; returns where to go on. */
  #slice(changes: readonly TreeChange[], first: number, act: (change: TreeChange) => boolean): number {
    const start = performance.now();
    let next = first;
    for (const change of changes.slice(first)) {
      this.#attempt(change, act);
      next += 1;
      if (performance.now() - start > sliceMs || this.#times.isFull || this.#options.signal?.aborted) break;
    }
    return next;
  }

  #attempt(change: TreeChange, act: (change: TreeChange) => boolean): void {
    try {
      if (!act(change)) return;
      this.#done += 1;
      this.#options.onProgress?.(this.#done, this.#steps.length);
    } catch (error) {
      const conflict = { change: withoutThings(change) };
      if (error instanceof ChangedMeanwhile) this.#left.push({ ...conflict, reason: error.reason });
      else if (error instanceof InTheWay) this.#left.push({ ...conflict, reason: 'occupied' });
      else this.#left.push({ ...conflict, reason: 'failed', code: errnoOf(error) });
    }
  }

  #restore(change: TreeChange): boolean {
    const { area, fileKind } = change;
    const old = needed(change.old);
    const restorer = this.#restorer(area);
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
    if ((mode & 0o700) !== 0o700) this.#area(area).folder.setMode(names, mode | 0o700);
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
    const { folder } = this.#area(area);
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

  /** A moment ago it was what our last change left; somebody may have come between. */
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
    const { folder } = this.#area(area);
    const twin = this.#twinOf(old, restorer);
    if (old.body.kind === 'symlink') folder.makeSymlink(slot, needed(old.body.was?.target));
    else if (twin) folder.makeHardLink(twin, slot);
    else return { names: slot, status: this.#bringOld(area, old, kept, slot, null, restorer) };
    return { names: slot, status: this.#journal.area(area).files.status(slot) };
  }

  /** The file of before; one that has other names yet comes back itself, and all of them get its content of before. */
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

  /** Another name of the same file, which has its content of before. */
  #twinOf(old: Thing, restorer: Restorer): Names | null {
    if (old.body.version !== old.body.versionBefore) return null;
    const twin = [...old.body.things].find((other) => other !== old && other.place !== null);
    return twin ? restorer.placeOf(twin) : null;
  }

  #moveBack(area: string, thing: Thing, place: Names, restorer: Restorer, slot = restorer.slotOf(thing)): Names {
    if (slot.join('/') === place.join('/')) return place;
    restorer.free(slot, false);
    // Making room may have moved it as well.
    this.#area(area).folder.rename(needed(restorer.placeOf(thing)), slot, { onExisting: 'keep' });
    return slot;
  }

  #removeFile(change: TreeChange): boolean {
    if (change.fileKind === 'directory') return false;
    const { area } = change;
    const place = this.#restorer(area).placeOf(needed(change.present));
    const status = place && statusIfThere(this.#journal.area(area).files, place);
    if (!status) return true;
    // Where it lies says nothing about whose it is.
    this.#checkUnchanged({ ...change, aspects: ['content'] }, status);
    this.#area(area).folder.removeFile(place);
    return true;
  }

  #removeDirectory(change: TreeChange): boolean {
    const restorer = this.#restorer(change.area);
    const place = restorer.placeOf(needed(change.present));
    if (!place || restorer.removeDirectory(place)) return true;
    this.#left.push({ change: withoutThings(change), reason: 'not-empty' });
    return false;
  }

  #innermostFirst(changes: readonly TreeChange[]): readonly TreeChange[] {
    const depth = ({ area, present }: TreeChange): number =>
      (present && this.#restorer(area).placeOf(present)?.length) ?? 0;
    return changes.filter(({ fileKind }) => fileKind === 'directory').sort((one, other) => depth(other) - depth(one));
  }

  #setMeta(area: string, names: Names, was: Was, status: FileStatus): void {
    const isMode = status.mode !== was.mode && was.kind !== 'symlink';
    // A directory may be needed open until everything is back.
    if (isMode && was.kind === 'directory') this.#times.addMode(area, names, was);
    else if (isMode) this.#times.setMode(area, names, was.mode);
    if (was.kind !== 'directory' && `${status.mtimeNs}` !== was.mtimeNs) this.#times.add(area, names, was);
  }

  #area(area: string): { readonly folder: ReturnType<Journal['folder']> } {
    return { folder: this.#journal.folder(area) };
  }

  #restorer(area: string): Restorer {
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
