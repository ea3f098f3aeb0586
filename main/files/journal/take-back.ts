/** Takes back what a plan says, step by step; what somebody else changed stays, unless it is chosen otherwise. */
import { chmodSync, lstatSync } from 'node:fs';
import { errnoOf } from '../errno';
import type { Names } from '../folder-files';
import { statusIfThere } from './file-identity';
import type { Journal } from './journal';
import { treeOf, type NameTree, type Thing } from './name-tree';
import { changesOf, successorsIn, type TreeChange } from './net-changes';
import type { Was } from './records';
import { InTheWay, needed, Restorer } from './restorer';
import { setTimesExactly, type SetTimes } from './set-times';
import { Judge, withoutThings, type Conflict, type TakeBackPlan } from './take-back-plan';
import { TimeSetter } from './time-setter';

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

/** How long steps run before others get their turn, in milliseconds */
const sliceMs = 20;

const immediate = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Carries out a plan. @throws Error when a turn is open, the system's error when the journal cannot be written */
export async function takeBack(
  journal: Journal,
  plan: TakeBackPlan,
  options: TakeBackOptions = {},
): Promise<TakeBackResult> {
  const tree = treeOf(journal.records(plan.turns));
  const ids = new Set(plan.steps.map(({ id }) => id));
  const steps = changesOf(tree).filter(({ id }) => ids.has(id));
  const turn = journal.beginTakeBack(plan.of, (records) => {
    for (const record of records) tree.apply(record);
  });
  try {
    return { turn, ...(await new TakingBack(journal, tree, plan, steps, options).run()) };
  } finally {
    journal.endTurn();
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
  readonly #own: ReadonlySet<Thing>;
  readonly #successors: ReadonlyMap<Thing, Thing>;
  readonly #left: Conflict[] = [];
  #done = 0;
  #sliceStart = performance.now();

  constructor(
    journal: Journal,
    tree: NameTree,
    plan: TakeBackPlan,
    steps: readonly TreeChange[],
    options: TakeBackOptions,
  ) {
    this.#journal = journal;
    this.#tree = tree;
    this.#steps = steps;
    this.#options = options;
    this.#judge = new Judge(journal, tree, plan.turns, steps);
    this.#own = new Set(steps.flatMap(({ old, present }) => [old, present].filter((thing) => thing !== null)));
    this.#successors = successorsIn(tree);
    this.#times = new TimeSetter(journal, options.setTimes ?? setTimesExactly);
  }

  async run(): Promise<Omit<TakeBackResult, 'turn'>> {
    const touched = this.#folders();
    const asLeft = touched.filter((thing) => this.#isFolderAsLeft(thing));
    const isDue = this.#steps.filter((change) => this.#isToDo(change));
    await this.#prepareKept(isDue);
    const restored = isDue.filter(({ old }) => old !== null);
    // What is new goes at the end, the innermost first: what was moved into it is out again by then.
    const removed = isDue.filter(({ old }) => old === null);
    const isWhole =
      (await this.#each(restored, (change) => this.#restore(change))) &&
      (await this.#each(removed, (change) => this.#removeFile(change))) &&
      (await this.#each(this.#innermostFirst(removed), (change) => this.#removeDirectory(change)));
    for (const restorer of this.#restorers.values()) restorer.end();
    if (isWhole) this.#addFolders(touched, asLeft);
    await this.#times.end();
    return {
      done: this.#done,
      left: this.#left,
      areTimesExact: this.#times.isExact,
      isCancelled: !isWhole,
    };
  }

  /** Whether it can be done as things are now; what cannot is taken down as left. */
  #isToDo(change: TreeChange): boolean {
    const reason = this.#judge.conflict(change);
    if (!reason) return true;
    const isChosen = this.#options.choices?.get(change.id) === 'take-back';
    const isPossible = reason !== 'not-kept' && !this.#judge.isLost(change);
    if (isChosen && isPossible) return true;
    this.#left.push({ change: withoutThings(change), reason });
    return false;
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
    for (const change of changes) {
      if (this.#options.signal?.aborted) return false;
      if (performance.now() - this.#sliceStart > sliceMs) {
        await immediate();
        this.#sliceStart = performance.now();
      }
      this.#attempt(change, act);
      if (this.#times.isFull) await this.#times.flush();
    }
    return true;
  }

  #attempt(change: TreeChange, act: (change: TreeChange) => boolean): void {
    try {
      if (!act(change)) return;
      this.#done += 1;
      this.#options.onProgress?.(this.#done, this.#steps.length);
    } catch (error) {
      const conflict = { change: withoutThings(change) };
      if (error instanceof InTheWay) this.#left.push({ ...conflict, reason: 'occupied' });
      else this.#left.push({ ...conflict, reason: 'failed', code: errnoOf(error) });
    }
  }

  #restore(change: TreeChange): boolean {
    const { area, fileKind } = change;
    const old = needed(change.old);
    const restorer = this.#restorer(area);
    if (fileKind === 'directory') return this.#restoreDirectory(change, old, restorer);
    const names = this.#restoreFile(change, old, restorer);
    const was = old.body.was;
    if (was) this.#setMeta(area, names, was);
    return true;
  }

  #restoreDirectory({ area, present }: TreeChange, old: Thing, restorer: Restorer): boolean {
    const place = present && restorer.placeOf(present);
    let names = place;
    if (place) this.#makeOpen(area, place);
    if (!place) names = restorer.directory(old);
    else if (present === old) names = this.#moveBack(area, old, place, restorer);
    if (names && old.body.was) this.#setMeta(area, names, old.body.was);
    return true;
  }

  #makeOpen(area: string, names: Names): void {
    const { mode } = this.#journal.area(area).files.status(names);
    if ((mode & 0o700) !== 0o700) this.#area(area).folder.setMode(names, mode | 0o700);
  }

  /** Returns the names that it has then. */
  #restoreFile(change: TreeChange, old: Thing, restorer: Restorer): Names {
    const { area, present, aspects, kept } = change;
    const { files } = this.#journal.area(area);
    let place = present && restorer.placeOf(present);
    if (place && !statusIfThere(files, place)) place = null;
    if (!place || !present) return this.#bringBack(change, old, restorer);
    if (aspects.includes('place')) place = this.#moveBack(area, present, place, restorer, restorer.slotOf(old));
    if (!aspects.includes('content')) return place;
    if (old.body.kind === 'symlink') this.#relink(area, place, old);
    else if (present.body === old.body && files.status(place).links > 1) {
      restorer.restoreContent(needed(kept), place);
    } else {
      const twin = present.body === old.body ? null : this.#twinOf(old, restorer);
      if (twin) this.#area(area).folder.removeFile(place);
      if (twin) this.#area(area).folder.makeHardLink(twin, place);
      else restorer.bring(needed(kept), place, kindKept(old));
    }
    return place;
  }

  #bringBack({ id, area, kept }: TreeChange, old: Thing, restorer: Restorer): Names {
    const slot = restorer.slotOf(old);
    restorer.free(slot, this.#options.choices?.get(id) === 'take-back');
    const { folder } = this.#area(area);
    const twin = this.#twinOf(old, restorer);
    if (old.body.kind === 'symlink') folder.makeSymlink(slot, needed(old.body.was?.target));
    else if (twin) folder.makeHardLink(twin, slot);
    else restorer.bring(needed(kept), slot, kindKept(old));
    return slot;
  }

  /** Another name of the same file, which has its content of before. */
  #twinOf(old: Thing, restorer: Restorer): Names | null {
    if (old.body.version !== old.body.versionBefore) return null;
    const twin = this.#tree.things.find((other) => other !== old && other.body === old.body && other.place !== null);
    return twin ? restorer.placeOf(twin) : null;
  }

  #moveBack(area: string, thing: Thing, place: Names, restorer: Restorer, slot = restorer.slotOf(thing)): Names {
    if (slot.join('/') === place.join('/')) return place;
    restorer.free(slot, false);
    // Making room may have moved it as well.
    this.#area(area).folder.rename(needed(restorer.placeOf(thing)), slot, { onExisting: 'keep' });
    return slot;
  }

  #relink(area: string, place: Names, old: Thing): void {
    const { folder } = this.#area(area);
    folder.removeFile(place);
    folder.makeSymlink(place, needed(old.body.was?.target));
  }

  #removeFile(change: TreeChange): boolean {
    if (change.fileKind === 'directory') return false;
    const place = this.#restorer(change.area).placeOf(needed(change.present));
    if (place) this.#area(change.area).folder.removeFile(place);
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

  #setMeta(area: string, names: Names, was: Was): void {
    const { files } = this.#journal.area(area);
    const status = files.status(names);
    const isMode = status.mode !== was.mode && was.kind !== 'symlink';
    // A directory may be needed open until everything is back.
    if (isMode && was.kind === 'directory') this.#times.addMode(area, names, was);
    else if (isMode) this.#times.setMode(area, names, was.mode);
    if (was.kind !== 'directory' && `${status.mtimeNs}` !== was.mtimeNs) this.#times.add(area, names, was);
  }

  /** Directories of before whose times are known. */
  #folders(): readonly Thing[] {
    const roots = this.#tree.roots();
    return [...roots, ...this.#tree.things].filter((thing) => {
      const { body, origin } = thing;
      return body.kind === 'directory' && body.was !== null && (origin !== null || roots.includes(thing));
    });
  }

  /** Nobody else changed it since: its times may be those of before. */
  #isFolderAsLeft(thing: Thing): boolean {
    const names = this.#placeOfFolder(thing);
    const status = names && statusIfThere(this.#journal.area(thing.area).files, names);
    return !status || this.#judge.isAsLeft(thing.area, status);
  }

  /** Those that only this taking back touched have the times that they had a moment ago. */
  #addFolders(touched: readonly Thing[], asLeft: readonly Thing[]): void {
    for (const thing of this.#folders()) {
      const { area, body } = thing;
      if (touched.includes(thing) && !asLeft.includes(thing)) continue;
      const names = this.#placeOfFolder(thing);
      if (names && body.was && !this.#isAnyLeftIn(area, names)) this.#times.add(area, names, body.was);
    }
  }

  #placeOfFolder(thing: Thing): Names | null {
    const restorer = this.#restorer(thing.area);
    return restorer.placeOf(thing) ?? restorer.successorPlace(thing);
  }

  #isAnyLeftIn(area: string, names: Names): boolean {
    return this.#left.some(({ change }) => {
      if (change.area !== area) return false;
      return [change.from, change.to].some((one) => one?.slice(0, -1).join('/') === names.join('/'));
    });
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
