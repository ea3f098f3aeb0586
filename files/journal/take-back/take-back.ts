/** Undoes what a plan says, step by step. What somebody else changed stays, unless chosen otherwise. */
import { chmodSync, lstatSync } from 'node:fs';
import { errnoOf } from '../../folder/errno';
import type { Journal } from '../journal';
import type { NameTree } from '../name-tree';
import { TouchedFolders } from './touched-folders';
import { withoutThings, type Change, type TreeChange } from './net-changes';
import { Judge, stepsOf, type Conflict, type TakeBackPlan } from './plan';
import { InTheWay, needed } from './restorer';
import { TimesProgram, type SetTimes } from '../../times/times-program';
import { ChangedMeanwhile, Steps } from './steps';
import { TimeSetter } from './time-setter';

/** `leave` keeps what is there; `take-back` moves it to the store, from where a redo brings it back. */
export type ConflictChoice = 'leave' | 'take-back';

export interface TakeBackOptions {
  /** By id of change; a change that is left out is left */
  readonly choices?: ReadonlyMap<string, ConflictChoice>;
  readonly onProgress?: (done: number, total: number) => void;
  /** Stops between two steps; the rest can be undone later */
  readonly signal?: AbortSignal;
  readonly setTimes?: SetTimes;
}

export interface TakeBackResult {
  /** Number of the turn that this undo is, which can itself be undone */
  readonly turn: number;
  readonly done: number;
  /** What wasn't undone */
  readonly left: readonly Conflict[];
  /** Whether times were restored to the nanosecond, otherwise to the microsecond */
  readonly areTimesExact: boolean;
  readonly isCancelled: boolean;
}

/** How long steps run before other work gets a turn, in milliseconds */
const sliceMs = 20;

const immediate = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Carries out a plan. @throws Error when a turn is open, the system's error when the journal can't be written */
export async function takeBack(
  journal: Journal,
  plan: TakeBackPlan,
  options: TakeBackOptions = {},
): Promise<TakeBackResult> {
  // The program starts while the rest is prepared.
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
  readonly #changes: readonly TreeChange[];
  readonly #steps: Steps;
  readonly #options: TakeBackOptions;
  readonly #judge: Judge;
  readonly #times: TimeSetter;
  readonly #conflicts: ReadonlyMap<string, Conflict>;
  readonly #left: Conflict[] = [];
  #done = 0;

  constructor(
    journal: Journal,
    tree: NameTree,
    plan: TakeBackPlan,
    changes: readonly TreeChange[],
    options: TakeBackOptions & { readonly setTimes: SetTimes },
  ) {
    this.#journal = journal;
    this.#tree = tree;
    this.#changes = changes;
    this.#options = options;
    this.#conflicts = new Map(plan.conflicts.map((conflict) => [conflict.change.id, conflict]));
    const judge = new Judge(journal, plan.turns, changes);
    const times = new TimeSetter(journal, options.setTimes);
    this.#judge = judge;
    this.#times = times;
    this.#steps = new Steps({ journal, tree, judge, times, isChosen: (change) => this.#isChosen(change) });
  }

  async run(): Promise<Omit<TakeBackResult, 'turn'>> {
    const folders = new TouchedFolders({
      journal: this.#journal,
      tree: this.#tree,
      judge: this.#judge,
      restorer: (area) => this.#steps.restorer(area),
    });
    const isDue = this.#changes.filter((change) => this.#isToDo(change));
    this.#steps.own(isDue);
    await Promise.all([this.#prepareKept(isDue), this.#journal.kept.flushed()]);
    const restored = isDue.filter(({ old }) => old !== null);
    // New things are removed last, innermost first: by then, what was moved into them has moved out.
    const removed = isDue.filter(({ old }) => old === null);
    const isWhole =
      (await this.#each(restored, (change) => this.#steps.restore(change))) &&
      (await this.#each(removed, (change) => this.#steps.removeFile(change))) &&
      (await this.#each(this.#steps.innermostFirst(removed), (change) => this.#removeDirectory(change)));
    this.#steps.end();
    if (isWhole) folders.addTimes(this.#times, this.#left);
    await this.#times.end();
    return {
      done: this.#done,
      left: this.#left,
      areTimesExact: this.#times.isExact,
      isCancelled: !isWhole,
    };
  }

  /** Whether the change has no conflict or was chosen anyway. What isn't done is recorded as left. */
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

  /** Copies in the store get their mode and times before they come back, so that they are right from the start. */
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

  /** Does the steps in order and lets other work run between them; returns `false` when it was cancelled. */
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

  /** Does some steps, starting at `first`; returns where to continue. */
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
      this.#options.onProgress?.(this.#done, this.#changes.length);
    } catch (error) {
      const conflict = { change: withoutThings(change) };
      if (error instanceof ChangedMeanwhile) this.#left.push({ ...conflict, reason: error.reason });
      else if (error instanceof InTheWay) this.#left.push({ ...conflict, reason: 'occupied' });
      else this.#left.push({ ...conflict, reason: 'failed', code: errnoOf(error) });
    }
  }

  #removeDirectory(change: TreeChange): boolean {
    const isRemoved = this.#steps.removeDirectory(change);
    if (!isRemoved) this.#left.push({ change: withoutThings(change), reason: 'not-empty' });
    return isRemoved;
  }
}
